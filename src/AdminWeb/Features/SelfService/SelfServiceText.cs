namespace AdminPanel.Web.Features.SelfService;

/// <summary>The words of the mailbox owners' pages: SelfServiceText.resx.</summary>
public sealed class SelfServiceText;
