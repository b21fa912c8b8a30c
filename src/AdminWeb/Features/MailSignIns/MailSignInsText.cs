namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>The words of the page about sign-ins of mail programs: MailSignInsText.resx.</summary>
public sealed class MailSignInsText;
