using System.Linq.Expressions;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Mailboxes;

/// <param name="QuotaBytes">What it may store; null is no limit.</param>
/// <param name="ForwardCount">How many addresses it forwards to.</param>
/// <param name="UsedBytes">What it stores, as Dovecot counts.</param>
/// <param name="LastLoginAt">Over IMAP or POP3; null is never.</param>
public sealed record MailboxRow(
    long Id, string Address, string? DisplayName, long? QuotaBytes, AddressState State, int ForwardCount, bool KeepsCopy, MailboxAccess Access,
    long UsedBytes = 0, DateTime? LastLoginAt = null, bool IsPasswordExpired = false);

/// <summary>A mailbox for its edit page.</summary>
/// <param name="UsedBytes">What it stores, as Dovecot counts, and in how many <paramref name="Messages"/>.</param>
/// <param name="LastImapAt">When its owner last signed in over IMAP; null is never.</param>
/// <param name="LastSubmissionAt">When its owner last signed in to send; null is not within the days that sign-ins are kept.</param>
/// <param name="Forwards">Where its mail is also, or only, sent; in order.</param>
/// <param name="ForwardedFrom">The first forwards and aliases, visible to the actor, that send mail here.</param>
/// <param name="SendAs">Further senders it may use, of domains visible to the actor: addresses, and "@domain" for all of a domain.</param>
/// <param name="Allowed">What the actor may do in its domain.</param>
/// <param name="AlsoReachedAs">The same local part at each active alias domain of its domain.</param>
public sealed record MailboxDetail(
    long Id,
    long Version,
    string Address,
    string DomainName,
    string? DisplayName,
    long? QuotaBytes,
    bool IsActive,
    AddressState State,
    ActivePeriod Period,
    bool KeepsCopy,
    MailboxAccess Access,
    string Home,
    long UsedBytes,
    long Messages,
    DateTime? LastImapAt,
    DateTime? LastPop3At,
    DateTime? LastSubmissionAt,
    DateTime PasswordChangedAt,
    DateTime? PasswordExpiresAt,
    bool IsPasswordExpired,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    IReadOnlyList<string> Forwards,
    IReadOnlyList<ForwarderRow> ForwardedFrom,
    IReadOnlyList<string> AlsoReachedAs,
    IReadOnlyList<string> SendAs,
    string? RecoveryAddress,
    bool IsGreeted,
    WaitingWelcome? Welcome,
    DomainPermissions Allowed);

/// <summary>A welcome message that the mail server has not taken yet.</summary>
/// <param name="DueAt">When it is tried next; null where it is given up.</param>
/// <param name="Refusal">Why it was not taken; null where it was never tried.</param>
public sealed record WaitingWelcome(DateTime? DueAt, string? Refusal);

/// <summary>Mailboxes to look at, in the actor's scope.</summary>
public sealed class MailboxRows(AdminDb db)
{
    // Made once: to build such an expression costs more than what it reads of a row.
    private static readonly Expression<Func<Placed, Listed<MailboxRow>>> Row = r => new Listed<MailboxRow>(
        new MailboxRow(
            r.Entry.Mailbox!.Id, r.Entry.Address, r.Entry.Mailbox.DisplayName, r.Entry.Mailbox.QuotaBytes,
            AddressStates.At(r.Now, r.Entry.IsActive, r.Entry.ActiveFrom, r.Entry.ActiveUntil, r.Entry.Domain!.IsActive), r.Entry.Destinations.Count, r.Entry.Mailbox.KeepsCopy,
            new MailboxAccess(r.Entry.Mailbox.AllowsImap, r.Entry.Mailbox.AllowsPop3, r.Entry.Mailbox.AllowsSmtp, r.Entry.Mailbox.AllowsSieve, r.Entry.Mailbox.AllowedNetworks),
            r.Bytes,
            MailboxLogin.Latest(r.Imap, r.Pop3),
            PasswordExpiry.At(r.Entry.Mailbox.PasswordChangedAt, r.Entry.Domain!.PasswordMaxAgeDays) <= r.Now),
        r.Entry.Address, r.Entry.Id, r.Rank);

    private static readonly ShapedList<string, Listed<MailboxRow>> Pages = new(address => (true, address), Page);

    /// <summary>
    /// The mailboxes of one domain in the request's order, each from an index of its own; null where there is no such
    /// hosted domain for this actor.
    /// </summary>
    public async Task<RowPage<MailboxRow>?> OfDomainAsync(DomainName domain, PageRequest request, Actor actor, CancellationToken ct) =>
        await DomainAsync(domain, actor, ct) is { } found ? await OfDomainAsync(found, request, actor, ct) : null;

    /// <summary>The same of a domain that the actor has found.</summary>
    public Task<RowPage<MailboxRow>> OfDomainAsync(ListedDomain domain, PageRequest request, Actor actor, CancellationToken ct) =>
        PageAsync(AddressWalks.Of(db, actor, domain.Id, domain.MailboxCount, request), request, request.IsFiltered ? null : domain.MailboxCount, ct);

    /// <summary>Null where there is no such hosted domain whose mailboxes this actor sees.</summary>
    public Task<ListedDomain?> DomainAsync(DomainName name, Actor actor, CancellationToken ct) => ListedDomain.FindAsync(db, name, actor, Visibility.SeesMailboxes, ct);

    /// <summary>All mailboxes the actor may see, in the request's order.</summary>
    public async Task<RowPage<MailboxRow>> EverywhereAsync(PageRequest request, Actor actor, CancellationToken ct) =>
        await PageAsync(await AddressWalks.OfAsync(db, actor, AddressKind.Mailbox, request, ct), request, total: null, ct);

    /// <summary>Null where there is no such mailbox for this actor.</summary>
    public async Task<MailboxDetail?> FindAsync(long id, Actor actor, CancellationToken ct) =>
        await DetailAsync(await KnownMailbox.Of(db, db.Mailboxes.VisibleTo(actor).Where(m => m.Id == id), actor).FirstOrDefaultAsync(ct), actor, ct);

    /// <summary>Null where there is no such mailbox for this actor.</summary>
    public async Task<MailboxDetail?> FindAsync(EmailAddress address, Actor actor, CancellationToken ct) =>
        await DetailAsync(await KnownMailbox.ByAddress.Rows(db, actor.IsSuperadmin, Values(address, actor)).FirstOrDefaultAsync(ct), actor, ct);

    /// <summary>Null where there is no such mailbox for this actor.</summary>
    public async Task<MailboxHead?> HeadAsync(EmailAddress address, Actor actor, CancellationToken ct) =>
        await MailboxHead.ByAddress.Rows(db, actor.IsSuperadmin, Values(address, actor)).FirstOrDefaultAsync(ct);

    /// <summary>The first forwards and aliases, visible to the actor, that send mail to a mailbox that it has found.</summary>
    public async Task<IReadOnlyList<ForwarderRow>> ForwardedFromAsync(MailboxHead mailbox, Actor actor, CancellationToken ct) =>
        (await ReachedFrom.OfAsync(db, new AddressEntry { Id = mailbox.AddressId, Address = mailbox.Address, DomainId = mailbox.DomainId, Kind = AddressKind.Mailbox }, actor, ct)).ForwardedFrom;

    /// <summary>A form for another mailbox like this one: all but its name, address and password. Null where there is no such mailbox for this actor.</summary>
    public async Task<CreateMailbox.Input?> LikeAsync(EmailAddress address, Actor actor, CancellationToken ct)
    {
        var (value, now) = (address.Value, db.UtcNow);
        if (await db.Mailboxes.VisibleTo(actor).AsNoTracking().Include(m => m.Entry).ThenInclude(e => e!.Destinations).FirstOrDefaultAsync(m => m.Entry!.Address == value, ct) is not { } model) return null;

        var (entry, access) = (model.Entry!, MailboxAccess.Of(model));
        var period = new ActivePeriod(entry.ActiveFrom, entry.ActiveUntil);
        return new CreateMailbox.Input
        {
            Quota = SizeInput.Of(model.QuotaBytes),
            Forwards = string.Join('\n', entry.Destinations.Select(d => d.Address).Order(StringComparer.Ordinal).Select(AddressText.Unicode)),
            KeepsCopy = model.KeepsCopy,
            AllowsImap = access.Imap,
            AllowsPop3 = access.Pop3,
            AllowsSmtp = access.Smtp,
            AllowsSieve = access.Sieve,
            AllowedNetworks = access.Networks?.Replace(',', '\n'),
            ActiveFrom = entry.ActiveFrom > now ? period.FromText : null,
            ActiveUntil = entry.ActiveUntil <= now ? null : period.UntilText,
        };
    }

    private async Task<RowPage<MailboxRow>> PageAsync(AddressWalks walks, PageRequest asked, int? total, CancellationToken ct)
    {
        var request = asked.Sort is ListSort.Name or ListSort.Added or ListSort.Used or ListSort.LastSignIn ? asked : asked with { Sort = ListSort.Name };
        return RowPage<MailboxRow>.Of(await Pages.ReadAsync(db, request, walks, ct), request, total);
    }

    private static IQueryable<Listed<MailboxRow>> Page(AdminDb db, PageRequest request, AddressWalks walks, DateTime now)
    {
        var placed = request.Sort is ListSort.Name or ListSort.Added
            ? walks.Page(AddressKind.Mailbox, request).Select(a => new { a, Rank = 0L })
            // In its domain still: a row is counted every few minutes, and a mailbox may have moved, or gone into the bin.
            : walks.RankedPage(request).Join(db.Addresses.Where(a => a.Kind == AddressKind.Mailbox), r => new { Id = r.AddressId, r.DomainId }, a => new { a.Id, a.DomainId }, (r, a) => new { a, r.Rank });
        // Dovecot's tables are joined by their keys: a subquery for each value and row would take as long as all the rest.
        var page = from r in placed
                   join u in db.MailboxUsages on r.a.Address equals u.Address into usages
                   from used in usages.DefaultIfEmpty()
                   join i in db.MailboxLogins.Where(l => l.Service == MailboxLogin.Imap) on r.a.Address equals i.Address into imaps
                   from imap in imaps.DefaultIfEmpty()
                   join p in db.MailboxLogins.Where(l => l.Service == MailboxLogin.Pop3) on r.a.Address equals p.Address into pop3s
                   from pop3 in pop3s.DefaultIfEmpty()
                   select new Placed { Entry = r.a, Rank = r.Rank, Bytes = (long?)used!.Bytes ?? 0, Imap = (long?)imap!.Seconds, Pop3 = (long?)pop3!.Seconds, Now = now };
        var ordered = request.Sort switch
        {
            ListSort.Name => page.InOrder(r => r.Entry.Address, request),
            ListSort.Added => page.InOrder(r => r.Entry.Id, request),
            _ => page.InOrder(r => r.Rank, request, r => r.Entry.Id),
        };
        // A second limit would make the server keep the first one's rows, and read them again.
        return walks.IsOne ? ordered.Select(Row) : ordered.Select(Row).Take(request.Count + 1);
    }

    private ShapeValues<string> Values(EmailAddress address, Actor actor) => new(address.Value, actor.AccountId ?? 0, db.UtcNow);

    private async Task<MailboxDetail?> DetailAsync(KnownMailbox? found, Actor actor, CancellationToken ct)
    {
        if (found is null) return null;

        var (mailbox, now) = (found.Mailbox, db.UtcNow);
        var expiry = PasswordExpiry.At(mailbox.PasswordChangedAt, found.PasswordMaxAgeDays);
        var entry = mailbox.Entry!;
        var address = EmailAddress.Parse(entry.Address);
        var sendAs = await KnownMailbox.Senders.Rows(db, actor.IsSuperadmin, new(mailbox.Id, actor.AccountId ?? 0, now)).ToListAsync(ct);
        var reached = await ReachedFrom.OfAsync(db, entry, actor, ct);
        return new MailboxDetail(
            mailbox.Id, mailbox.Version, entry.Address, address.Domain.Value, mailbox.DisplayName, mailbox.QuotaBytes, entry.IsActive,
            AddressStates.At(now, entry.IsActive, entry.ActiveFrom, entry.ActiveUntil, found.DomainIsActive), new ActivePeriod(entry.ActiveFrom, entry.ActiveUntil), mailbox.KeepsCopy,
            MailboxAccess.Of(mailbox), mailbox.Home, found.Bytes, found.Messages, MailboxLogin.Time(found.Imap), MailboxLogin.Time(found.Pop3), found.Submission, mailbox.PasswordChangedAt, expiry, expiry <= now, mailbox.CreatedAt, mailbox.UpdatedAt,
            [.. entry.Destinations.Select(d => d.Address).Order(StringComparer.Ordinal)], reached.ForwardedFrom, reached.AlsoReachedAs, sendAs, mailbox.RecoveryAddress, found.IsGreeted, found.Welcome,
            actor.IsSuperadmin ? DomainPermissions.All : found.Permissions);
    }

    /// <summary>A mailbox of a page, with what other tables have of it.</summary>
    private sealed record Placed
    {
        public required AddressEntry Entry { get; init; }

        public long Rank { get; init; }

        public long Bytes { get; init; }

        public long? Imap { get; init; }

        public long? Pop3 { get; init; }

        public DateTime Now { get; init; }
    }
}
