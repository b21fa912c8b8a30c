using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Mailboxes;

/// <param name="QuotaBytes">What it may store; null is no limit.</param>
/// <param name="ForwardCount">How many addresses it forwards to.</param>
public sealed record MailboxRow(
    long Id, string Address, string? DisplayName, long? QuotaBytes, bool IsActive, int ForwardCount, bool KeepsCopy, MailboxAccess Access);

/// <summary>Who forwards to an address.</summary>
/// <param name="IsActive">Its own state.</param>
public sealed record ForwarderRow(string Address, AddressKind Kind, bool IsActive);

/// <summary>A mailbox for its edit page.</summary>
/// <param name="Forwards">Where its mail is also, or only, sent; in order.</param>
/// <param name="ForwardedFrom">The first forwards and aliases, visible to the actor, that send mail here.</param>
/// <param name="AlsoReachedAs">The same local part at each active alias domain of its domain.</param>
public sealed record MailboxDetail(
    long Id,
    long Version,
    string Address,
    string DomainName,
    string? DisplayName,
    long? QuotaBytes,
    bool IsActive,
    bool KeepsCopy,
    MailboxAccess Access,
    string Home,
    DateTime PasswordChangedAt,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    IReadOnlyList<string> Forwards,
    IReadOnlyList<ForwarderRow> ForwardedFrom,
    IReadOnlyList<string> AlsoReachedAs);

/// <summary>Mailboxes to look at, in the actor's scope.</summary>
public sealed class MailboxRows(AdminDb db)
{
    /// <summary>
    /// The mailboxes of one domain in order of address, from the index (domain_id, kind, address); null where there is
    /// no such hosted domain for this actor. Keys are addresses.
    /// </summary>
    public async Task<RowPage<MailboxRow>?> OfDomainAsync(DomainName domain, PageRequest request, Actor actor, CancellationToken ct)
    {
        var found = await db.Domains.VisibleTo(actor).Where(d => d.Name == domain && d.Kind == DomainKind.Hosted)
            .Select(d => new { d.Id, d.MailboxCount }).FirstOrDefaultAsync(ct);
        if (found is null) return null;

        return await PageAsync(db.AddressesOfDomain(found.Id, AddressKind.Mailbox), request, request.IsFiltered ? null : found.MailboxCount, ct);
    }

    /// <summary>All mailboxes the actor may see, in order of address.</summary>
    public Task<RowPage<MailboxRow>> EverywhereAsync(PageRequest request, Actor actor, CancellationToken ct) =>
        PageAsync(db.AddressesVisibleTo(actor, AddressKind.Mailbox), request, total: null, ct);

    /// <summary>Null where there is no such mailbox for this actor.</summary>
    public Task<MailboxDetail?> FindAsync(long id, Actor actor, CancellationToken ct) =>
        DetailAsync(db.Mailboxes.VisibleTo(actor).Where(m => m.Id == id), actor, ct);

    /// <summary>Null where there is no such mailbox for this actor.</summary>
    public Task<MailboxDetail?> FindAsync(EmailAddress address, Actor actor, CancellationToken ct)
    {
        var value = address.Value;
        return DetailAsync(db.Mailboxes.VisibleTo(actor).Where(m => m.Entry!.Address == value), actor, ct);
    }

    private static Task<RowPage<MailboxRow>> PageAsync(IQueryable<AddressEntry> entries, PageRequest request, int? total, CancellationToken ct)
    {
        if (request.Prefix is { } prefix) entries = entries.Where(a => a.Address.StartsWith(prefix));
        if (request.State != StateFilter.All)
        {
            var isActive = request.State == StateFilter.Active;
            entries = entries.Where(a => a.IsActive == isActive);
        }
        var rows = entries.FromKey(a => a.Address, request).Select(a => new MailboxRow(
            a.Mailbox!.Id, a.Address, a.Mailbox.DisplayName, a.Mailbox.QuotaBytes, a.IsActive, a.Destinations.Count, a.Mailbox.KeepsCopy,
            new MailboxAccess(a.Mailbox.AllowsImap, a.Mailbox.AllowsPop3, a.Mailbox.AllowsSmtp, a.Mailbox.AllowsSieve, a.Mailbox.AllowedNetworks)));
        return RowPage<MailboxRow>.OfAsync(rows, request, r => r.Address, total, ct);
    }

    private async Task<MailboxDetail?> DetailAsync(IQueryable<Mailbox> mailboxes, Actor actor, CancellationToken ct)
    {
        var mailbox = await mailboxes.AsNoTracking().Include(m => m.Entry).ThenInclude(e => e!.Destinations).FirstOrDefaultAsync(ct);
        if (mailbox is null) return null;

        var entry = mailbox.Entry!;
        var address = EmailAddress.Parse(entry.Address);
        var reached = await ReachedFrom.OfAsync(db, address, entry.DomainId, actor, ct);
        return new MailboxDetail(
            mailbox.Id, mailbox.Version, entry.Address, address.Domain.Value, mailbox.DisplayName, mailbox.QuotaBytes, entry.IsActive, mailbox.KeepsCopy,
            MailboxAccess.Of(mailbox), mailbox.Home, mailbox.PasswordChangedAt, mailbox.CreatedAt, mailbox.UpdatedAt,
            [.. entry.Destinations.Select(d => d.Address).Order(StringComparer.Ordinal)], reached.ForwardedFrom, reached.AlsoReachedAs);
    }
}
