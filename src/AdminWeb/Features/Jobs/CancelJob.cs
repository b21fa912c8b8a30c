using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>Stops a job before its next step. What it did stays done; one that has ended stays as it is.</summary>
public sealed class CancelJob(AdminDb db, JobBell bell)
{
    public sealed record Input
    {
        public long Id { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var outcome = await db.InTransactionAsync(
            async token =>
            {
                if (await db.Jobs.VisibleTo(actor).Where(j => j.Id == input.Id).Select(j => (JobState?)j.State).FirstOrDefaultAsync(token) is null) return Outcome.NotFound<Saved>();

                var asked = await db.Jobs.Where(j => j.Id == input.Id && !j.IsCancelRequested && (j.State == JobState.Waiting || j.State == JobState.Running))
                    .ExecuteUpdateAsync(set => set.SetProperty(j => j.IsCancelRequested, true), token);
                if (asked == 1) db.Audit(actor, "job.cancel", $"{input.Id}");
                return Outcome.Done(new Saved(input.Id, $"{input.Id}"));
            },
            duplicate: null,
            ct);
        bell.Ring();
        return outcome;
    }
}
