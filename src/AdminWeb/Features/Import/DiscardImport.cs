using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Import;

/// <summary>Throws away what somebody uploaded and does not want.</summary>
public sealed class DiscardImport(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }
    }

    public Task<Outcome<long>> RunAsync(Input input, Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            if (await db.Imports.VisibleTo(actor).Where(i => i.Id == input.Id && i.JobId == null).ExecuteDeleteAsync(token) == 0) return Outcome.NotFound<long>();

            db.Audit(actor, "import.discard", $"{input.Id}");
            return Outcome.Done(input.Id);
        },
        duplicate: null,
        ct);
}
