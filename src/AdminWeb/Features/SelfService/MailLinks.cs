using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Platform.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>
/// Links of a mailbox that work without signing in: each for one thing, once, for an hour, under the address that people
/// type and never the one that a request named. What stands in one is the row's number and a mark with the panel's key,
/// so that neither the database nor a copy of it opens anything.
/// </summary>
public sealed class MailLinks(AdminDb db, KeyFile keyFile, PanelSettings settings)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string Purpose = "mail-link";

    public string Url(MailLink link) =>
        $"{settings.Url}{PathOf(link.Kind)}?link={Uri.EscapeDataString(string.Create(CultureInfo.InvariantCulture, $"{link.Id}.{keyFile.Mark(Purpose, Text(link))}"))}";

    /// <summary>The link as it was made, with its mailbox; null where it was never made, was used, was replaced, is too old, or no longer fits the mailbox.</summary>
    public async Task<MailLink?> FindAsync(MailLinkKind kind, string? given, CancellationToken ct)
    {
        if (given?.Split('.', 2) is not [var number, var mark] || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;

        var now = db.UtcNow;
        var link = await db.MailLinks.AsNoTracking().Include(l => l.Mailbox).ThenInclude(m => m!.Entry).ThenInclude(e => e!.Domain)
            .FirstOrDefaultAsync(l => l.Id == id && l.Kind == kind && l.ExpiresAt > now && l.Address == (l.Kind == MailLinkKind.Device ? l.Mailbox!.Entry!.Address : l.Mailbox!.RecoveryAddress), ct);
        return link is not null && keyFile.IsMark(mark, Purpose, Text(link)) == true ? link : null;
    }

    /// <summary>Makes one for the recovery address in place of one of its kind, and has it sent. In a transaction.</summary>
    internal async Task SendAsync(MailLinkKind kind, Mailbox mailbox, CancellationToken ct)
    {
        await MakeAsync(kind, mailbox, mailbox.RecoveryAddress!, ct);
        await db.RenewNoticeAsync(kind == MailLinkKind.Password ? NoticeKind.PasswordLink : NoticeKind.RecoveryLink, mailbox, ct);
    }

    /// <summary>Makes one in place of one of its kind. It has its number, and so its address, once it is saved. In a transaction.</summary>
    /// <param name="address">It is good for no other.</param>
    internal async Task<MailLink> MakeAsync(MailLinkKind kind, Mailbox mailbox, string address, CancellationToken ct)
    {
        var now = db.UtcNow;
        await db.MailLinks.Where(l => l.MailboxId == mailbox.Id && l.Kind == kind).ExecuteDeleteAsync(ct);
        var link = new MailLink { Kind = kind, MailboxId = mailbox.Id, Address = address, CreatedAt = now, ExpiresAt = now + Lifetime };
        db.MailLinks.Add(link);
        return link;
    }

    /// <summary>Whether one of this kind was sent so lately that another would only fill the mailbox there.</summary>
    internal Task<bool> IsOnItsWayAsync(MailLinkKind kind, long mailboxId, CancellationToken ct)
    {
        var lately = db.UtcNow - TimeSpan.FromMinutes(5);
        return db.MailLinks.AnyAsync(l => l.MailboxId == mailboxId && l.Kind == kind && l.CreatedAt > lately, ct);
    }

    /// <summary>Uses a link up: false where somebody was faster. In the transaction that does what it is for.</summary>
    internal async Task<bool> TakeAsync(MailLink link, CancellationToken ct) => await db.MailLinks.Where(l => l.Id == link.Id).ExecuteDeleteAsync(ct) == 1;

    private static string PathOf(MailLinkKind kind) => kind switch
    {
        MailLinkKind.Recovery => "/recovery",
        MailLinkKind.Password => "/forgotten/new",
        MailLinkKind.Device => "/device",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Text(MailLink link) => string.Create(CultureInfo.InvariantCulture, $"{link.Kind}\n{link.Id}\n{link.MailboxId}\n{link.Address}\n{link.CreatedAt.Ticks}");
}
