using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Overview;

/// <summary>What somebody should look at, in the order in which it is shown.</summary>
public enum Attention
{
    FailedJobs,
    NearlyFull,
    OverPool,
    DnsWrong,
    AliasDnsWrong,
    DkimWaiting,
    AliasDkimWaiting,
    DkimRetired,
    AliasDkimRetired,
    RefusedSignIns,

    /// <summary>At the panel; for superadmins.</summary>
    RefusedAdmins,
    WelcomesRefused,
    PasswordsEnding,
    MailboxesEnding,
    AliasesEnding,
    RunningJobs,
}

/// <summary>How many there are; beyond <see cref="OverviewRows.CountedUpTo"/> they are not counted.</summary>
public sealed record AttentionLine(Attention What, long Count);

/// <summary>How much there is in somebody's scope, and what of it needs attention. <paramref name="Allocated"/> in bytes.</summary>
public sealed record OverviewFigures(long Domains, long AliasDomains, long InactiveDomains, long Mailboxes, long Aliases, long Allocated, IReadOnlyList<AttentionLine> Attention);

/// <summary>What the overview shows.</summary>
public sealed class OverviewRows(AdminDb db)
{
    public const int CountedUpTo = 250;

    /// <summary>Failed jobs are forgotten after it.</summary>
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>What shows in one chart: two weeks by the day, and two years by the month.</summary>
    private const int ShownDays = 40;

    /// <summary>
    /// Everything in one command. Counts are sums of the domains' counters: one row a domain is read, and no mailbox. What
    /// needs attention is counted through the index of the list that shows it, up to a limit.
    /// </summary>
    public async Task<OverviewFigures> FiguresAsync(Actor actor, CancellationToken ct)
    {
        var (since, sinceWeek) = (db.UtcNow - Day, db.UtcNow - Week);
        var jobs = db.Jobs.VisibleTo(actor);
        var all = Domains(db.Domains.VisibleTo(actor).Where(d => d.Kind == DomainKind.Hosted), isHosted: true)
            .Concat(Domains(db.Domains.VisibleTo(actor).Where(d => d.Kind == DomainKind.Alias), isHosted: false))
            .Concat(Counted(jobs.Where(j => j.State == JobState.Failed && j.EndedAt > sinceWeek), Attention.FailedJobs))
            .Concat(Counted(jobs.Where(j => j.State == JobState.Waiting || j.State == JobState.Running), Attention.RunningJobs))
            .Concat(Counted(db.Domains.VisibleTo(actor).Where(d => d.Kind == DomainKind.Hosted).WithWrongDns(), Attention.DnsWrong))
            .Concat(Counted(db.Domains.VisibleTo(actor).Where(d => d.Kind == DomainKind.Alias).WithWrongDns(), Attention.AliasDnsWrong))
            .Concat(Counted(db.Domains.PermittedTo(actor, DomainPermissions.Dns).Where(d => d.Kind == DomainKind.Hosted).WithKeysThat(DkimKeyState.Waiting), Attention.DkimWaiting))
            .Concat(Counted(db.Domains.PermittedTo(actor, DomainPermissions.Dns).Where(d => d.Kind == DomainKind.Alias).WithKeysThat(DkimKeyState.Waiting), Attention.AliasDkimWaiting))
            .Concat(Counted(db.Domains.PermittedTo(actor, DomainPermissions.Dns).Where(d => d.Kind == DomainKind.Hosted).WithKeysThat(DkimKeyState.Retired), Attention.DkimRetired))
            .Concat(Counted(db.Domains.PermittedTo(actor, DomainPermissions.Dns).Where(d => d.Kind == DomainKind.Alias).WithKeysThat(DkimKeyState.Retired), Attention.AliasDkimRetired))
            .Concat(Counted(Listed(AddressKind.Mailbox, ListOnly.NearlyFull, actor), Attention.NearlyFull))
            .Concat(Counted(Listed(AddressKind.Mailbox, ListOnly.Refused, actor), Attention.RefusedSignIns))
            .Concat(Counted(Listed(AddressKind.Mailbox, ListOnly.WelcomeRefused, actor), Attention.WelcomesRefused))
            .Concat(Counted(Listed(AddressKind.Mailbox, ListOnly.PasswordEnding, actor), Attention.PasswordsEnding))
            .Concat(Counted(Listed(AddressKind.Mailbox, ListOnly.Ending, actor), Attention.MailboxesEnding))
            .Concat(Counted(Listed(AddressKind.Alias, ListOnly.Ending, actor), Attention.AliasesEnding));
        if (actor.IsSuperadmin) all = all.Concat(Counted(db.AuditEntries.Where(e => e.Action == "account.sign-in-refused" && e.At > since), Attention.RefusedAdmins));
        var sums = await all.ToListAsync(ct);

        var hosted = sums.Find(s => s.What == Sum.Hosted) ?? new Sum();
        var lines = sums.Where(s => s.What >= 0).Select(s => new AttentionLine((Attention)s.What, s.Count)).Append(new AttentionLine(Attention.OverPool, hosted.OverPool));
        return new OverviewFigures(
            hosted.Count, sums.Find(s => s.What == Sum.AliasDomains)?.Count ?? 0, hosted.Inactive, hosted.Mailboxes, hosted.Aliases, hosted.Allocated,
            [.. lines.Where(l => l.Count > 0).OrderBy(l => l.What)]);
    }

    /// <summary>The last days, as they were counted; the oldest first.</summary>
    public async Task<IReadOnlyList<DayFigures>> DaysAsync(Actor actor, CancellationToken ct)
    {
        var visible = db.Domains.VisibleTo(actor);
        var days = actor.IsSuperadmin
            ? db.TotalDays.AsNoTracking()
            : db.DomainDays.Where(d => visible.Any(v => v.Id == d.DomainId)).GroupBy(d => d.Day).Select(g => new TotalDay
            {
                Day = g.Key, Mailboxes = g.Sum(d => d.Mailboxes), Aliases = g.Sum(d => d.Aliases), UsedBytes = g.Sum(d => d.UsedBytes), AllocatedBytes = g.Sum(d => d.AllocatedBytes),
                WithQuota = g.Sum(d => d.WithQuota), OverHalf = g.Sum(d => d.OverHalf), OverThreeQuarters = g.Sum(d => d.OverThreeQuarters), NearlyFull = g.Sum(d => d.NearlyFull),
            });
        return [.. (await days.OrderByDescending(d => d.Day).Take(ShownDays).ToListAsync(ct)).OrderBy(d => d.Day)];
    }

    private static IQueryable<Sum> Domains(IQueryable<MailDomain> domains, bool isHosted) => domains.GroupBy(_ => 1).Select(g => new Sum
    {
        What = isHosted ? Sum.Hosted : Sum.AliasDomains,
        Count = g.Count(),
        Inactive = g.Sum(d => d.IsActive ? 0 : 1),
        Mailboxes = g.Sum(d => (long)d.MailboxCount),
        Aliases = g.Sum(d => (long)d.AliasCount),
        Allocated = g.Sum(d => d.AllocatedQuota),
        OverPool = g.Sum(d => d.AllocatedQuota > d.QuotaLimit ? 1 : 0),
    });

    // The very rows of the list that a line leads to.
    private IQueryable<AddressEntry> Listed(AddressKind kind, ListOnly only, Actor actor) =>
        db.Addresses.VisibleTo(actor).Where(a => a.Kind == kind).Filtered(db, actor, kind, new PageRequest { Only = only }, isWalk: false);

    private static IQueryable<Sum> Counted<T>(IQueryable<T> rows, Attention what) => rows.Take(CountedUpTo + 1).GroupBy(_ => 1)
        .Select(g => new Sum { What = (int)what, Count = g.Count(), Inactive = 0, Mailboxes = 0, Aliases = 0, Allocated = 0, OverPool = 0 });

    private sealed record Sum
    {
        public const int Hosted = -1;

        public const int AliasDomains = -2;

        /// <summary>One of these, or what needs attention.</summary>
        public int What { get; init; }

        public long Count { get; init; }

        public long Inactive { get; init; }

        public long Mailboxes { get; init; }

        public long Aliases { get; init; }

        public long Allocated { get; init; }

        public long OverPool { get; init; }
    }
}
