using System.Runtime.CompilerServices;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Audit;

/// <summary>One change in a list.</summary>
/// <param name="Action">Object and verb: "mailbox.create".</param>
public sealed record AuditRow(long Id, DateTime At, string Actor, string? Source, string Action, string Subject)
{
    public AuditKey Key => new(At, Id);
}

/// <summary>Changes to look at, the newest first. Domain admins see those of the domains whose logs they may see.</summary>
public sealed class AuditRows(AdminDb db)
{
    public const int PageSize = 50;

    /// <summary>Up to here a list asks domain by domain, each by its index; whoever has more domains finds a page among the newest entries of all.</summary>
    private const int FewDomains = 20;

    private const int Block = 1000;

    /// <summary>Of the entries' numbers, which have gaps: in a cluster each server gives out every third or so.</summary>
    private const int Newest = 4_000;

    /// <summary>What was changed last, sign-ins left out. It looks no further back than some thousand entries.</summary>
    public async Task<IReadOnlyList<AuditRow>> LatestAsync(int count, Actor actor, CancellationToken ct)
    {
        // Of a few domains each by its index; of all, backwards by number until there are enough. A limit of some thousand
        // rows would make the server keep them all first.
        var newest = await FewDomainsAsync(actor, ct) is { } domains
            ? domains.Select(id => db.AuditEntries.Where(e => e.DomainId == id).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(count)).Aggregate(Queryable.Concat)
            : Visible(db.AuditEntries.Where(e => e.Id > db.AuditEntries.Max(x => (long?)x.Id) - Newest), actor)
                .Where(e => !e.Action.StartsWith("account.sign-")).OrderByDescending(e => e.Id).Take(count);
        return await newest.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(count)
            .Select(e => new AuditRow(e.Id, e.At, e.Actor, e.Source, e.Action, e.Subject)).ToListAsync(ct);
    }

    /// <summary>What was done to one thing last, if the actor may see that.</summary>
    /// <param name="noun">"mailbox", the first part of its actions.</param>
    public Task<AuditRow?> LastAsync(string noun, string subject, Actor actor, CancellationToken ct) =>
        Visible(actor).Where(e => e.Subject == subject && e.Action.StartsWith(noun + ".")).OrderByDescending(e => e.At).ThenByDescending(e => e.Id)
            .Select(e => new AuditRow(e.Id, e.At, e.Actor, e.Source, e.Action, e.Subject)).FirstOrDefaultAsync(ct);

    /// <returns>One more than <see cref="PageSize"/> when there is another page.</returns>
    public async Task<IReadOnlyList<AuditRow>> PageAsync(AuditRequest request, Actor actor, CancellationToken ct) =>
        await (await OrderedAsync(request, PageSize + 1, actor, ct)).Select(e => new AuditRow(e.Id, e.At, e.Actor, e.Source, e.Action, e.Subject)).ToListAsync(ct);

    /// <summary>Every entry under the filter, the newest first; a block at a time is in memory.</summary>
    public async IAsyncEnumerable<AuditEntry> AllAsync(AuditRequest request, Actor actor, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var next = request with { Below = null }; ;)
        {
            var block = await (await OrderedAsync(next, Block, actor, ct)).AsNoTracking().ToListAsync(ct);
            foreach (var entry in block) yield return entry;
            if (block.Count < Block) yield break;

            next = next with { Below = new AuditKey(block[^1].At, block[^1].Id) };
        }
    }

    /// <summary>Null where there is no such entry for this actor.</summary>
    public Task<AuditEntry?> FindAsync(long id, Actor actor, CancellationToken ct) =>
        Visible(actor).AsNoTracking().FirstOrDefaultAsync(e => e.Id == id, ct);

    private async Task<IQueryable<AuditEntry>> OrderedAsync(AuditRequest request, int count, Actor actor, CancellationToken ct)
    {
        var entries = Filtered(Visible(actor), request).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(count);
        if (await FewDomainsAsync(actor, ct) is not { } domains) return entries;

        // In one domain of a million entries, the walk over all of them would go far between two that are shown.
        return domains.Select(id => Filtered(db.AuditEntries.Where(e => e.DomainId == id), request).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(count))
            .Aggregate(Queryable.Concat).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(count);
    }

    /// <summary>Null for superadmins, and where there are none or too many to ask each.</summary>
    private async Task<IReadOnlyList<long>?> FewDomainsAsync(Actor actor, CancellationToken ct)
    {
        if (actor.IsSuperadmin) return null;

        var domains = await db.Domains.PermittedTo(actor, DomainPermissions.Logs).Select(d => d.Id).Take(FewDomains + 1).ToListAsync(ct);
        return domains.Count is 0 or > FewDomains ? null : domains;
    }

    // Each filter has an index of its own that goes on with the time, so that a page is a walk of as many entries as it shows.
    private static IQueryable<AuditEntry> Filtered(IQueryable<AuditEntry> entries, AuditRequest request)
    {
        var (by, subject, action, from, before, below) = request;
        if (by is not null) entries = entries.Where(e => e.Actor == by);
        if (subject is not null) entries = entries.Where(e => e.Subject == subject);
        if (action is not null) entries = entries.Where(e => e.Action == action);
        if (from is not null) entries = entries.Where(e => e.At >= from);
        if (before is not null) entries = entries.Where(e => e.At < before);
        if (below is { At: var at, Id: var id }) entries = entries.Where(e => e.At <= at && (e.At < at || e.Id < id));
        return entries;
    }

    private IQueryable<AuditEntry> Visible(Actor actor) => Visible(db.AuditEntries, actor);

    private IQueryable<AuditEntry> Visible(IQueryable<AuditEntry> entries, Actor actor)
    {
        if (actor.IsSuperadmin) return entries;

        var accountId = actor.AccountId;
        return entries.Where(e => db.DomainAdmins.Any(
            g => g.AccountId == accountId && g.DomainId == e.DomainId && (g.Permissions & DomainPermissions.Logs) != 0));
    }
}
