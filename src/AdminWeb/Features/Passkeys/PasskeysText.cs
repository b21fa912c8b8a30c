namespace AdminPanel.Web.Features.Passkeys;

/// <summary>The words of the pages about passkeys: PasskeysText.resx.</summary>
public sealed class PasskeysText;
