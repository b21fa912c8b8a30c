using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Import;

/// <summary>A password that an import made.</summary>
public sealed record MadePassword(string Address, string Password);

/// <summary>Gives the passwords that an import made to whoever uploaded it: once, and then nobody.</summary>
public sealed class TakePasswords(AdminDb db, ImportStore store)
{
    public sealed record Input
    {
        public long JobId { get; init; }
    }

    public Task<Outcome<IReadOnlyList<MadePassword>>> RunAsync(Input input, Actor actor, CancellationToken ct) =>
        db.InTransactionAsync(token => TakeAsync(input.JobId, actor, token), duplicate: null, ct);

    private async Task<Outcome<IReadOnlyList<MadePassword>>> TakeAsync(long jobId, Actor actor, CancellationToken ct)
    {
        // Whoever deletes the row has them; a second download finds none.
        if (await db.Imports.VisibleTo(actor).Where(i => i.JobId == jobId && db.Jobs.Any(j => j.Id == jobId && j.EndedAt != null)).ExecuteDeleteAsync(ct) == 0)
            return Outcome.NotFound<IReadOnlyList<MadePassword>>();

        var results = db.JobResults.Where(r => r.JobId == jobId && r.Secret != null);
        // Of domains that are the actor's now; others are taken by nobody.
        var domains = db.Domains.PermittedTo(actor, DomainPermissions.Mailboxes);
        var made = await results.AsNoTracking().Where(r => domains.Any(d => d.Id == r.DomainId)).OrderBy(r => r.Number).Select(r => new { r.Number, r.Subject, r.Secret }).ToListAsync(ct);
        await results.ExecuteUpdateAsync(set => set.SetProperty(r => r.Secret, (string?)null), ct);
        db.Audit(actor, "job.take-passwords", $"{jobId}", after: new { made.Count });
        return Outcome.Done<IReadOnlyList<MadePassword>>([.. made.Select(m => new MadePassword(m.Subject, store.OpenPassword(m.Secret!, jobId, m.Number)))]);
    }
}
