using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPanel.Benchmarks;

/// <summary>Adding a mailbox among 200,000, and changing a password: what each costs beside the hash.</summary>
internal static class MailboxBenchmark
{
    private const int Rounds = 60;
    private const string Password = "a long benchmark password";

    public static async Task RunAsync()
    {
        await using var server = await PrivateMariaDb.StartAsync(new() { Arguments = ["--innodb-buffer-pool-size=512M"] });
        var connectionString = server.ConnectionString(await server.CreateDatabaseAsync("mailboxes"));
        await using var services = await PanelCore.StartAsync(connectionString, connection => MailSeed.FillAsync(connection, domains: 2_000, mailboxes: 180_000, inBigDomain: 20_000));
        var actor = Actor.CommandLine("benchmark");

        var hasher = services.GetRequiredService<PasswordHasher>();
        List<double> hashes = [], additions = [], changes = [];
        for (var round = 0; round < Rounds; round++)
        {
            hashes.Add(await Figures.MillisecondsAsync(() => Task.FromResult(hasher.Hash(Password))));
            SavedWithPassword? saved = null;
            additions.Add(await Figures.MillisecondsAsync(async () => saved = await services.RunAsync((CreateMailbox o) =>
                o.RunAsync(new() { DomainName = "big.example", LocalPart = $"new{round}", Password = Password }, actor, CancellationToken.None))));
            changes.Add(await Figures.MillisecondsAsync(() => services.RunAsync((SetMailboxPassword o) =>
                o.RunAsync(new() { Id = saved!.Id, Password = Password + round }, actor, CancellationToken.None))));
        }
        var hash = Figures.Median(hashes);
        Figures.Print("one password hash (median of 60)", hash, "ms");
        Figures.Print("adding a mailbox to a domain with 20,000 among 200,000", Figures.Median(additions), "ms");
        Figures.Print("    beside the hash", Figures.Median(additions) - hash, "ms");
        Figures.Print("changing its password", Figures.Median(changes), "ms");
        Figures.Print("    beside the hash", Figures.Median(changes) - hash, "ms");
    }
}
