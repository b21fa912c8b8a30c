using AdminPanel.Tests.Support;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// A panel works on 20,000 mailboxes. First the database is killed and starts again; then the panel itself is killed.
/// Another panel finishes the job, and no mailbox was changed twice or left out.
/// </summary>
public sealed class JobInterruptionTests
{
    private const int Mailboxes = 20_000;

    [MariaDbFact]
    public async Task A_job_goes_on_after_a_killed_database_and_a_killed_panel()
    {
        await using var server = await PrivateMariaDb.StartAsync(new() { Arguments = ["--innodb-flush-log-at-trx-commit=1"] });
        var database = await server.CreateDatabaseAsync("job");
        var keys = Directory.CreateTempSubdirectory("panel-job-");
        string[] settings =
        [
            $"--ConnectionStrings:Panel={server.ConnectionString(database)}", "--Panel:Listen=http://127.0.0.1:0", "--Panel:Url=http://localhost", $"--Panel:KeyFile={keys.FullName}/panel.key",
        ];
        try
        {
            Assert.Equal(0, (await PanelProcess.RunAsync(["db", "migrate", .. settings])).Status);
            await using (var connection = new MariaDbConnection(server.ConnectionString(database)))
            {
                await connection.OpenAsync();
                await MailSeed.FillAsync(connection, domains: 1, mailboxes: 0, inBigDomain: Mailboxes);
            }
            await server.ExecuteAsync(
                $"""
                INSERT INTO jobs (kind, action, selection, actor, request_id, state, total, done_count, refused_count, is_cancel_requested, fence, created_at)
                VALUES ('mailboxes', 'deactivate', '{"{}"}', 'root', 'r', 'waiting', {Mailboxes}, 0, 0, 0, 0, UTC_TIMESTAMP(6));
                INSERT INTO job_targets (job_id, number, address_id, domain_id, address) SELECT LAST_INSERT_ID(), ROW_NUMBER() OVER (ORDER BY address), id, domain_id, address FROM addresses WHERE kind = 'mailbox'
                """, database);

            var (first, _) = await PanelProcess.ServeAsync(settings);
            await using (first)
            {
                await Eventually.TrueAsync(async () => await DoneAsync() > 0);
                await server.RestartAsync();
                var cutAt = await DoneAsync();
                Assert.True(cutAt < Mailboxes, "the database was killed too late");
                // Its own lease has to run out, as nobody knows who is still there.
                await Eventually.TrueAsync(async () => await DoneAsync() > cutAt);
            }
            var killedAt = await DoneAsync();
            Assert.True(killedAt < Mailboxes, "the panel was killed too late");

            var (second, _) = await PanelProcess.ServeAsync(settings);
            await using (second) await Eventually.TrueAsync(async () => await AskAsync("SELECT state FROM jobs") == "done");

            Assert.Equal($"{Mailboxes}\t{Mailboxes}\t0", await AskAsync("SELECT total, done_count, refused_count FROM jobs"));
            Assert.Equal($"{Mailboxes}", await AskAsync("SELECT COUNT(*) FROM addresses WHERE NOT is_active"));
            Assert.Equal($"{Mailboxes}\t{Mailboxes}", await AskAsync("SELECT COUNT(*), COUNT(DISTINCT subject) FROM audit_entries WHERE action = 'mailbox.set-active'"));
            Assert.Equal($"{Mailboxes}\t{Mailboxes}", await AskAsync("SELECT COUNT(*), COUNT(DISTINCT subject) FROM job_results"));
            Assert.Equal("2\t2", await AskAsync("SELECT MIN(version), MAX(version) FROM mailboxes"));
            Assert.True(int.Parse(await AskAsync("SELECT fence FROM jobs")) >= 2, "the job changed hands");
        }
        finally
        {
            keys.Delete(recursive: true);
        }

        async Task<string> AskAsync(string sql) => (await server.ExecuteAsync(sql, database)).TrimEnd('\n');

        async Task<int> DoneAsync() => int.Parse(await AskAsync("SELECT done_count FROM jobs"));
    }
}
