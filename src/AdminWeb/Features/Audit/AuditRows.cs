using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Audit;

/// <summary>One change in a list.</summary>
/// <param name="Action">Object and verb: "mailbox.create".</param>
public sealed record AuditRow(long Id, DateTime At, string Actor, string? Source, string Action, string Subject);

/// <summary>Changes to look at, the newest first. Domain admins see those of their domains.</summary>
public sealed class AuditRows(AdminDb db)
{
    public const int PageSize = 50;

    /// <summary>What was changed last, sign-ins left out.</summary>
    public async Task<IReadOnlyList<AuditRow>> LatestAsync(int count, Actor actor, CancellationToken ct) =>
        await Rows(Visible(actor).Where(e => !e.Action.StartsWith("account.sign-")), count).ToListAsync(ct);

    /// <param name="before">Entries with a smaller id; null is the newest page.</param>
    /// <returns>One more than <see cref="PageSize"/> when there is another page.</returns>
    public async Task<IReadOnlyList<AuditRow>> PageAsync(long? before, Actor actor, CancellationToken ct)
    {
        var entries = Visible(actor);
        if (before is { } id) entries = entries.Where(e => e.Id < id);
        return await Rows(entries, PageSize + 1).ToListAsync(ct);
    }

    private static IQueryable<AuditRow> Rows(IQueryable<AuditEntry> entries, int count) =>
        entries.OrderByDescending(e => e.Id).Take(count).Select(e => new AuditRow(e.Id, e.At, e.Actor, e.Source, e.Action, e.Subject));

    private IQueryable<AuditEntry> Visible(Actor actor)
    {
        if (actor.IsSuperadmin) return db.AuditEntries;

        var accountId = actor.AccountId;
        return db.AuditEntries.Where(e => db.DomainAdmins.Any(g => g.AccountId == accountId && g.DomainId == e.DomainId));
    }
}
