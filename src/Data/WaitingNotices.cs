using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Data;

/// <summary>Messages that wait to be sent.</summary>
public static class WaitingNotices
{
    /// <summary>Has a message sent at once, in place of one of its kind that still waits. In the transaction that gives the reason.</summary>
    public static async Task RenewNoticeAsync(this AdminDb db, NoticeKind kind, Mailbox mailbox, CancellationToken ct, string? detail = null)
    {
        await db.Notices.Where(n => n.MailboxId == mailbox.Id && n.Kind == kind).ExecuteDeleteAsync(ct);
        db.Notices.Add(Notice.Of(kind, mailbox, db.UtcNow, detail));
    }
}
