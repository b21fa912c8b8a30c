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

/// <summary>Adding a mailbox among 200,000: what it costs beside its password's hash.</summary>
internal static class MailboxBenchmark
{
    private const int Rounds = 60;

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
        List<double> hashes = [], additions = [];
        for (var round = 0; round < Rounds; round++)
        {
            hashes.Add(await Figures.MillisecondsAsync(() => Task.FromResult(hasher.Hash("a long benchmark password"))));
            await using var scope = services.CreateAsyncScope();
            var create = scope.ServiceProvider.GetRequiredService<CreateMailbox>();
            var input = new CreateMailbox.Input { DomainName = "big.example", LocalPart = $"new{round}", Password = "a long benchmark password" };
            additions.Add(await Figures.MillisecondsAsync(async () =>
            {
                if (await create.RunAsync(input, actor, CancellationToken.None) is not Outcome<SavedWithPassword>.Done) throw new InvalidOperationException("The mailbox was refused.");
            }));
        }
        Figures.Print("one password hash (median of 60)", Figures.Median(hashes), "ms");
        Figures.Print("adding a mailbox to a domain with 20,000 among 200,000", Figures.Median(additions), "ms");
        Figures.Print("the difference", Figures.Median(additions) - Figures.Median(hashes), "ms");
    }
}
