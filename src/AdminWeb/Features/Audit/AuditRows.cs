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

    /// <summary>What was changed last, sign-ins left out.</summary>
    public async Task<IReadOnlyList<AuditRow>> LatestAsync(int count, Actor actor, CancellationToken ct) =>
        await Visible(actor).Where(e => !e.Action.StartsWith("account.sign-")).OrderByDescending(e => e.Id).Take(count)
            .Select(e => new AuditRow(e.Id, e.At, e.Actor, e.Source, e.Action, e.Subject)).ToListAsync(ct);

    /// <returns>One more than <see cref="PageSize"/> when there is another page.</returns>
    public async Task<IReadOnlyList<AuditRow>> PageAsync(AuditRequest request, Actor actor, CancellationToken ct) =>
        await Ordered(request, actor).Take(PageSize + 1).Select(e => new AuditRow(e.Id, e.At, e.Actor, e.Source, e.Action, e.Subject)).ToListAsync(ct);

    /// <summary>Null where there is no such entry for this actor.</summary>
    public Task<AuditEntry?> FindAsync(long id, Actor actor, CancellationToken ct) =>
        Visible(actor).AsNoTracking().FirstOrDefaultAsync(e => e.Id == id, ct);

    // Each filter has an index of its own that goes on with the time, so that a page is a walk of as many entries as it shows.
    private IQueryable<AuditEntry> Ordered(AuditRequest request, Actor actor)
    {
        var (by, subject, action, from, before, below) = request;
        var entries = Visible(actor);
        if (by is not null) entries = entries.Where(e => e.Actor == by);
        if (subject is not null) entries = entries.Where(e => e.Subject == subject);
        if (action is not null) entries = entries.Where(e => e.Action == action);
        if (from is not null) entries = entries.Where(e => e.At >= from);
        if (before is not null) entries = entries.Where(e => e.At < before);
        if (below is { At: var at, Id: var id }) entries = entries.Where(e => e.At <= at && (e.At < at || e.Id < id));
        return entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id);
    }

    private IQueryable<AuditEntry> Visible(Actor actor)
    {
        if (actor.IsSuperadmin) return db.AuditEntries;

        var accountId = actor.AccountId;
        return db.AuditEntries.Where(e => db.DomainAdmins.Any(
            g => g.AccountId == accountId && g.DomainId == e.DomainId && (g.Permissions & DomainPermissions.Logs) != 0));
    }
}
