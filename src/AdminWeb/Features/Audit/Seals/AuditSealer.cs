using System.Data.Common;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.Audit.Seals;

/// <summary>
/// Seals audit entries in every panel that serves. It seals what it saw at its look before: by then, transactions that had
/// taken a lower id have committed. Those that had not are looked for once a minute.
/// </summary>
internal sealed class AuditSealer(IServiceScopeFactory scopes, DbDataSource database, PanelSettings settings, TimeProvider clock, ILogger<AuditSealer> log)
    : Worker("audit verify")
{
    private static readonly TimeSpan LatePause = TimeSpan.FromMinutes(1);

    private long seen;
    private long sealedBefore;
    private long lateAt;

    // Whatever is not sealed when the panel stops is sealed by the next one.
    protected override Task PauseAsync(CancellationToken ct) => Task.Delay(settings.SealPause, clock, ct);

    protected override async Task WorkAsync(CancellationToken ct)
    {
        var (newest, sealedTo) = await NewestAsync(ct);
        if (sealedTo < sealedBefore) log.SealsGone(sealedBefore, sealedTo);
        sealedBefore = sealedTo;
        if (seen > sealedTo) await SealAsync((s, token) => s.NextAsync(seen, token), ct);
        if (clock.GetElapsedTime(lateAt) >= LatePause)
        {
            await SealAsync((s, token) => s.NextLateAsync(token), ct);
            lateAt = clock.GetTimestamp();
        }
        seen = newest;
    }

    protected override void SayThatItWaits(string reason) => log.SealsWait(reason);

    // Without EF Core: most of the time there is nothing, and this is asked every few seconds.
    private async Task<(long Newest, long SealedTo)> NewestAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT IFNULL((SELECT MAX(id) FROM audit_entries), 0), IFNULL((SELECT sealed_to FROM audit_seals ORDER BY number DESC LIMIT 1), 0)";
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt64(0), row.GetInt64(1));
    }

    private async Task SealAsync(Func<SealAudit, CancellationToken, Task<AuditSeal?>> next, CancellationToken ct)
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await next(scope.ServiceProvider.GetRequiredService<SealAudit>(), ct) is not { } seal) return;

            // Beside the database: whoever keeps the log keeps a digest to compare with.
            log.Sealed(seal.Number, seal.EntryCount, seal.SealedTo, seal.Digest);
            sealedBefore = seal.SealedTo;
        }
    }
}
