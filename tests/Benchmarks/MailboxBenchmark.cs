using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.Passwords;
using MariaDb.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Panel", connectionString)]).Build();
        await using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning)).AddPanelCore(configuration).BuildServiceProvider();
        var actor = Actor.CommandLine("benchmark");
        await using (var scope = services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<AdminDb>().Database.MigrateAsync();
        await using (var connection = new MariaDbConnection(connectionString))
        {
            await connection.OpenAsync();
            await MailSeed.FillAsync(connection, domains: 2_000, mailboxes: 180_000, inBigDomain: 20_000);
        }

        var hasher = services.GetRequiredService<PasswordHasher>();
        List<double> hashes = [], additions = [], changes = [];
        for (var round = 0; round < Rounds; round++)
        {
            hashes.Add(await Figures.MillisecondsAsync(() => Task.FromResult(hasher.Hash(Password))));
            SavedWithPassword? saved = null;
            additions.Add(await Figures.MillisecondsAsync(async () => saved = await RunAsync<CreateMailbox>(services, o =>
                o.RunAsync(new() { DomainName = "big.example", LocalPart = $"new{round}", Password = Password }, actor, CancellationToken.None))));
            changes.Add(await Figures.MillisecondsAsync(() => RunAsync<SetMailboxPassword>(services, o =>
                o.RunAsync(new() { Id = saved!.Id, Password = Password + round }, actor, CancellationToken.None))));
        }
        var hash = Figures.Median(hashes);
        Figures.Print("one password hash (median of 60)", hash, "ms");
        Figures.Print("adding a mailbox to a domain with 20,000 among 200,000", Figures.Median(additions), "ms");
        Figures.Print("    beside the hash", Figures.Median(additions) - hash, "ms");
        Figures.Print("changing its password", Figures.Median(changes), "ms");
        Figures.Print("    beside the hash", Figures.Median(changes) - hash, "ms");
    }

    private static async Task<SavedWithPassword> RunAsync<TOperation>(IServiceProvider services, Func<TOperation, Task<Outcome<SavedWithPassword>>> run)
        where TOperation : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<TOperation>()) is Outcome<SavedWithPassword>.Done(var saved)
            ? saved : throw new InvalidOperationException("The operation was refused.");
    }
}
