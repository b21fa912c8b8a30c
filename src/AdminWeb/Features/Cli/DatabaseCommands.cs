using System.CommandLine;
using AdminPanel.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Cli;

/// <summary>`db migrate` and `db status`.</summary>
internal static class DatabaseCommands
{
    public static Command Create(string[] settings)
    {
        var migrate = new Command("migrate", "Bring the database's tables to this version. Safe to repeat, and at the same time on several machines.");
        migrate.Runs(settings, MigrateAsync, _ => "db status");
        var status = new Command("status", "Say whether the database answers and has this version's tables. Exit status 1 when a migration is missing.");
        status.Runs(settings, StatusAsync);
        return new Command("db", "The panel's database.") { migrate, status };
    }

    private static async Task<int> MigrateAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var database = session.Get<AdminDb>().Database;
        var pending = (await database.GetPendingMigrationsAsync(ct)).ToList();
        await database.MigrateAsync(ct);
        return session.Output.Done(new { Applied = pending }, r => r.Applied.Count == 0 ? "The database is up to date." : $"Applied {string.Join(", ", r.Applied)}.");
    }

    private static async Task<int> StatusAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var database = session.Get<AdminDb>().Database;
        var applied = (await database.GetAppliedMigrationsAsync(ct)).ToList();
        var pending = (await database.GetPendingMigrationsAsync(ct)).ToList();
        session.Output.Done(
            new { Applied = applied, Pending = pending, IsCurrent = pending.Count == 0 },
            s => s.IsCurrent ? "The database answers and is up to date." : $"The database answers, and lacks {string.Join(", ", s.Pending)}: run adminpanel db migrate.");
        return pending.Count == 0 ? ExitStatus.Done : ExitStatus.Refused;
    }
}
