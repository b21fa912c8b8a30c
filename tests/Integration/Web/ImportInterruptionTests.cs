using AdminPanel.Tests.Support;
using AdminPanel.Web.Platform.Passwords;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>A panel that adds the mailboxes of a file is killed. Another one finishes it: every line once, and every password that was made is there.</summary>
public sealed class ImportInterruptionTests
{
    private const int Lines = 150;

    [MariaDbFact]
    public async Task An_import_goes_on_after_a_killed_panel_and_adds_nothing_twice()
    {
        var server = await PrivateMariaDb.Shared;
        var database = await server.CreateDatabaseAsync("import");
        var keys = Directory.CreateTempSubdirectory("panel-import-");
        string[] settings =
        [
            $"--ConnectionStrings:Panel={server.ConnectionString(database)}", "--Panel:Listen=http://127.0.0.1:0", "--Panel:Url=http://localhost", $"--Panel:KeyFile={keys.FullName}/panel.key",
        ];
        try
        {
            Assert.Equal(0, (await PanelProcess.RunAsync(["db", "migrate", .. settings])).Status);
            using var hasher = new PasswordHasher();
            await server.ExecuteAsync(
                $"""
                INSERT INTO accounts (login, kind, password_hash, security_stamp, is_active, version, created_at, updated_at)
                VALUES ('{Panel.Login}', 'superadmin', '{hasher.Hash(Panel.Password)}', 's', 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
                INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
                VALUES ('example.org', 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
                """, database);

            var (first, firstAddress) = await PanelProcess.ServeAsync(settings);
            await using (first)
            {
                var browser = new Browser(firstAddress, "192.0.2.1");
                await browser.SignInAsync(Panel.Login, Panel.Password);
                var upload = await browser.SubmitAsync("/mailboxes/import", ("Text", "address\n" + string.Concat(Enumerable.Range(1, Lines).Select(n => $"a{n:000}@example.org\n"))));
                await browser.SubmitAsync(upload.Location!);
                await Eventually.TrueAsync(async () => await DoneAsync() > 0);
            }
            Assert.True(await DoneAsync() < Lines, "the panel was killed too late");

            var (second, secondAddress) = await PanelProcess.ServeAsync(settings);
            await using (second)
            {
                await Eventually.TrueAsync(async () => await AskAsync("SELECT state FROM jobs") == "done");
                var browser = new Browser(secondAddress, "192.0.2.1");
                await browser.SignInAsync(Panel.Login, Panel.Password);
                var passwords = await browser.SubmitAsync("/jobs/1");
                Assert.Equal(Lines, passwords.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')[1]).Distinct().Count());
            }

            Assert.Equal($"{Lines}\t0\t{Lines}", await AskAsync("SELECT done_count, refused_count, (SELECT mailbox_count FROM domains) FROM jobs"));
            Assert.Equal($"{Lines}\t{Lines}", await AskAsync("SELECT COUNT(*), COUNT(DISTINCT subject) FROM audit_entries WHERE action = 'mailbox.create'"));
            Assert.Equal($"{Lines}\t{Lines}", await AskAsync("SELECT COUNT(*), COUNT(DISTINCT subject) FROM job_results"));
            Assert.True(int.Parse(await AskAsync("SELECT fence FROM jobs")) >= 2, "the job changed hands");
        }
        finally
        {
            keys.Delete(recursive: true);
        }

        async Task<string> AskAsync(string sql) => (await server.ExecuteAsync(sql, database)).TrimEnd('\n');

        async Task<int> DoneAsync() => int.Parse(await AskAsync("SELECT IFNULL(SUM(done_count), 0) FROM jobs"));
    }
}
