using AdminPanel.Data;
using AdminPanel.Migrations.CompiledModel;
using AdminPanel.Web.Features.Audit.Seals;
using AdminPanel.Web.Platform.DataProtection;
using MariaDb.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>An audit with as many entries as a test wants, sealed as far as it wants.</summary>
public abstract class AuditSealTest(OperationsDatabase database) : OperationsTest(database)
{
    protected Task<string> FillAsync(int from, int to) => AskAsync(
        $"""
        INSERT INTO audit_entries (id, at, actor, source, request_id, action, subject, after)
          SELECT seq, '2026-01-01' + INTERVAL seq SECOND, 'root', '192.0.2.1', 'r', 'mailbox.create', CONCAT('box', seq, '@example.org'), '{"{}"}' FROM seq_{from}_to_{to}
        """);

    protected async Task SealAsync(long upTo, TimeSpan ago = default)
    {
        while (await WithSealerAsync(ago, s => s.NextAsync(upTo, default)) is not null)
        {
            // The next batch.
        }
    }

    protected async Task<T> WithSealerAsync<T>(TimeSpan ago, Func<SealAudit, Task<T>> run)
    {
        await using var db = new AdminDb(
            new DbContextOptionsBuilder<AdminDb>().UseModel(AdminDbModel.Instance).UseMariaDb(Database.ConnectionString, o => o.EnableRetryOnFailure()).Options, new Earlier(ago));
        return await run(new SealAudit(db, await RunAsync<KeyFile, KeyFile>(Task.FromResult)));
    }

    private sealed class Earlier(TimeSpan ago) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - ago;
    }
}
