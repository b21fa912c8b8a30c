using AdminPanel.Data;
using AdminPanel.Web.Features.Cli;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Import;

/// <summary>Removes imports that nobody decided about, and passwords that nobody took. In every panel that serves: it may run twice at once.</summary>
internal sealed class ExpiredImports(IServiceScopeFactory scopes, ILogger<ExpiredImports> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        while (await NextAsync(timer, stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await RemoveAsync(scope.ServiceProvider.GetRequiredService<AdminDb>(), stoppingToken);
            }
            catch (Exception e) when (OutsideFault.Of(e, "db status") is { } fault)
            {
                log.ExpiredStay(fault.Sentence);
            }
        }
    }

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

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
