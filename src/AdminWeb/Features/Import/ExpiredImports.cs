using AdminPanel.Data;
using AdminPanel.Web.Features.Serve;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Import;

/// <summary>Removes imports that nobody decided about, and passwords that nobody took.</summary>
internal sealed class ExpiredImports(IServiceScopeFactory scopes, ILogger<ExpiredImports> log) : Worker("db status")
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    protected override Task PauseAsync(CancellationToken ct) => Task.Delay(Pause, ct);

    protected override async Task WorkAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await RemoveAsync(scope.ServiceProvider.GetRequiredService<AdminDb>(), ct);
    }

    protected override void SayThatItWaits(string reason) => log.ExpiredStay(reason);

    /// <summary>Everything whose time is over, but for an import whose job is still at work.</summary>
    internal static async Task RemoveAsync(AdminDb db, CancellationToken ct)
    {
        var now = db.UtcNow;
        var expired = await db.Imports.Where(i => i.ExpiresAt < now && (i.JobId == null || db.Jobs.Any(j => j.Id == i.JobId && j.EndedAt != null)))
            .Select(i => new { i.Id, i.JobId }).ToListAsync(ct);
        foreach (var import in expired)
        {
            if (import.JobId is { } jobId) await db.JobResults.Where(r => r.JobId == jobId && r.Secret != null).ExecuteUpdateAsync(set => set.SetProperty(r => r.Secret, (string?)null), ct);
            await db.Imports.Where(i => i.Id == import.Id).ExecuteDeleteAsync(ct);
        }
    }
}
