using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Audit.Seals;

/// <param name="SealedTo">Id of the newest entry that is sealed.</param>
public sealed record SealRow(long SealedTo, DateTime SealedAt, string Digest);

/// <summary>How far the audit is sealed.</summary>
public sealed class SealRows(AdminDb db)
{
    // On every page of the audit, so it is translated once.
    private static readonly Func<AdminDb, CancellationToken, Task<SealRow?>> Newest = EF.CompileAsyncQuery(
        (AdminDb db, CancellationToken _) => db.AuditSeals.OrderByDescending(s => s.Number).Select(s => new SealRow(s.SealedTo, s.SealedAt, s.Digest)).FirstOrDefault());

    /// <summary>Null where nothing is sealed yet, or the actor does not see the whole audit.</summary>
    public Task<SealRow?> NewestAsync(Actor actor, CancellationToken ct) => actor.IsSuperadmin ? Newest(db, ct) : Task.FromResult<SealRow?>(null);
}
