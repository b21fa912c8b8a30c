using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>What every change of a password by its owner does, however the owner came to it.</summary>
internal static class OwnPassword
{
    /// <summary>Sets it, ends every session, and tells the recovery address. In a transaction.</summary>
    /// <param name="mailbox">With its address.</param>
    public static async Task ReplaceAsync(AdminDb db, Mailbox mailbox, string hash, Actor owner, CancellationToken ct)
    {
        mailbox.PasswordHash = hash;
        mailbox.PasswordChangedAt = db.UtcNow;
        db.Audit(owner, "mailbox.set-password", mailbox.Entry!.Address, mailbox.Entry.DomainId, after: new { mailbox.PasswordChangedAt });
        if (mailbox.GoodRecoveryAddress is not null) await db.RenewNoticeAsync(NoticeKind.PasswordChanged, mailbox, ct);
    }
}
