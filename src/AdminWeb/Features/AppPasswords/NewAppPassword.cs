using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Platform.Passwords;

namespace AdminPanel.Web.Features.AppPasswords;

/// <summary>A password for one mail program, made and written down. Whether somebody may have it is asked before.</summary>
internal static class NewAppPassword
{
    /// <summary>In a transaction that holds the domain's lock.</summary>
    /// <param name="mailbox">With its address.</param>
    /// <param name="name">No other password of the mailbox has it.</param>
    /// <param name="opens">At least one protocol.</param>
    /// <param name="until">UTC; null is for ever.</param>
    /// <returns>The password, which nobody can read afterwards.</returns>
    public static string Add(AdminDb db, Mailbox mailbox, string name, MailboxAccess opens, DateTime? until, Actor actor)
    {
        var password = PasswordGenerator.Generate();
        db.AppPasswords.Add(new AppPassword
        {
            MailboxId = mailbox.Id, Name = name, Digest = AppPasswordDigest.Of(password), CreatedAt = db.UtcNow, ExpiresAt = until,
            AllowsImap = opens.Imap, AllowsPop3 = opens.Pop3, AllowsSmtp = opens.Smtp, AllowsSieve = opens.Sieve,
        });
        db.Audit(
            actor, "mailbox.add-app-password", mailbox.Entry!.Address, mailbox.Entry.DomainId,
            after: new { Name = name, AllowsImap = opens.Imap, AllowsPop3 = opens.Pop3, AllowsSmtp = opens.Smtp, AllowsSieve = opens.Sieve, ExpiresAt = until });
        return password;
    }
}
