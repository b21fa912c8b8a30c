namespace AdminPanel.Web.Features.MailServer;

/// <summary>The words of the mail server's settings: MailServerText.resx. A setting's label has its key, and its hint the key and ".hint".</summary>
public sealed class MailServerText;
