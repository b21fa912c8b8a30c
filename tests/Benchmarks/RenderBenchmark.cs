using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.MailServer;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPanel.Benchmarks;

/// <summary>Rendering the mail server's files for nobody, and for 200,000 mailboxes in 2,001 domains: the daemons read both from the database.</summary>
internal static class RenderBenchmark
{
    private const int Rounds = 40;

    public static async Task RunAsync()
    {
        await using var server = await PrivateMariaDb.StartAsync(new() { Arguments = ["--innodb-buffer-pool-size=512M"] });
        await using var none = await StartAsync(server, _ => Task.CompletedTask);
        await using var many = await StartAsync(server, connection => MailSeed.FillAsync(connection, domains: 2_000, mailboxes: 180_000, inBigDomain: 20_000));
        var directory = Directory.CreateTempSubdirectory("panel-bench-");
        try
        {
            List<double> empty = [], full = [], known = [];
            for (var round = 0; round <= Rounds; round++)
            {
                var times = (await RenderAsync(none, directory), await RenderAsync(many, directory), await RenderAsync(many, directory, dovecot: "2.3", postfix: "3.7"));
                // The first round compiles what the others run.
                if (round == 0) continue;
                empty.Add(times.Item1);
                full.Add(times.Item2);
                known.Add(times.Item3);
            }
            Figures.Print($"render for 200,000 mailboxes in 2,001 domains (median of {Rounds})", Figures.Median(full), "ms");
            Figures.Print("    without asking the daemons for their versions", Figures.Median(known), "ms");
            Figures.Print("render for none", Figures.Median(empty), "ms");
            Figures.PrintRatio("many domains / none", Figures.Median(full), Figures.Median(empty));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<ServiceProvider> StartAsync(PrivateMariaDb server, Func<MariaDb.Client.MariaDbConnection, Task> fill) =>
        await PanelCore.StartAsync(server.ConnectionString(await server.CreateDatabaseAsync("render")), fill, new Dictionary<string, string?>
        {
            ["MailServer:host_name"] = "mail.example.org",
            ["MailServer:host_recipient"] = "admin@example.net",
            ["MailServer:postfix_password"] = "a.password.for.postfix",
            ["MailServer:dovecot_password"] = "a.password.for.dovecot",
        });

    /// <summary>Settings from the database, all files, written to disk.</summary>
    private static Task<double> RenderAsync(ServiceProvider services, DirectoryInfo directory, string? dovecot = null, string? postfix = null) => Figures.MillisecondsAsync(() =>
        services.RunAsync((RenderMailServer o) => o.RunAsync(new(directory.FullName, new(new Dictionary<string, string>(), dovecot, postfix)), CancellationToken.None)));
}
