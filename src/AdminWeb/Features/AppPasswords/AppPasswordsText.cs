namespace AdminPanel.Web.Features.AppPasswords;

/// <summary>The words of the pages about passwords of mail programs: AppPasswordsText.resx.</summary>
public sealed class AppPasswordsText;
