namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>The words of the mailbox pages: MailboxesText.resx.</summary>
public sealed class MailboxesText;
