using AdminPanel.Tests.Support;
using MariaDb.Client;

namespace AdminPanel.Benchmarks;

/// <summary>
/// The published panel over loopback HTTP and the published CLI, on 200,000 mailboxes in 2,001 domains, 50,000 aliases
/// and 1,000,000 audit entries: start beside an empty app, a verb, and then every page and what changes many.
/// </summary>
internal sealed class PanelBenchmark(string panel, string empty, PrivateMariaDb server, string keyFile)
{
    public static Task RunAsync() => WithPanelAsync(b => b.RunAllAsync());

    /// <summary>The panel on the full database until a line is entered, to look around in it or to profile it.</summary>
    public static Task ServeAsync() => WithPanelAsync(async b =>
    {
        await using var app = await b.ServeAsync(await b.PrepareFullAsync());
        Console.WriteLine($"{app.Address} as {PanelClient.Login} with {PanelClient.Password}; Enter ends it");
        await Console.In.ReadLineAsync();
    });

    /// <summary>This build and another one, in turns.</summary>
    /// <param name="published">The directory with the other one, as `dotnet publish` left it.</param>
    public static Task BesideAsync(string published) => WithPanelAsync(b => b.RunBesideAsync(published));

    private static async Task WithPanelAsync(Func<PanelBenchmark, Task> run)
    {
        var panel = await PublishedApp.PublishAsync("src/AdminWeb/AdminWeb.csproj", "AdminPanel.Web");
        var empty = await PublishedApp.PublishAsync("tests/Benchmarks/EmptyApp/EmptyApp.csproj", "EmptyApp");
        await using var server = await PrivateMariaDb.StartAsync(new() { Arguments = ["--innodb-buffer-pool-size=1G"] });
        var keys = Directory.CreateTempSubdirectory("panel-bench-");
        try
        {
            await run(new PanelBenchmark(panel, empty, server, Path.Combine(keys.FullName, "panel.key")));
        }
        finally
        {
            keys.Delete(recursive: true);
        }
    }

    private async Task RunBesideAsync(string published)
    {
        var database = await PrepareFullAsync();
        await using var app = await ServeAsync(database);
        await using var other = await PublishedApp.StartAsync(Path.Combine(published, "AdminPanel.Web.dll"), ["serve"], "sign-in", Environment(database));
        await new BesideBenchmark(app, other, server).RunAsync();
    }

    private async Task RunAllAsync()
    {
        var full = await PrepareFullAsync();
        var small = await PrepareAsync("small", db => MailSeed.FillAsync(db, domains: 120, mailboxes: 240, inBigDomain: 240, aliases: 240, auditEntries: 20_000, isUsed: true));
        await StartsAsync(full);
        await CommandsAsync(full);
        await using (var app = await ServeAsync(full))
        await using (var beside = await ServeAsync(small))
            await new PageBenchmark(app, beside, server).RunAsync();
        await using (var app = await ServeAsync(full)) await new ManyBenchmark(app, server.ConnectionString(full)).RunAsync();
    }

    private Dictionary<string, string> Environment(string database) => new()
    {
        ["ConnectionStrings__Panel"] = server.ConnectionString(database),
        ["ADMINPANEL__Panel__KeyFile"] = keyFile,
    };

    private Task<PublishedApp> ServeAsync(string database) => PublishedApp.StartAsync(panel, ["serve"], "sign-in", Environment(database));

    private Task<string> CliAsync(string database, string input, params IReadOnlyList<string> arguments) =>
        PublishedApp.RunToEndAsync("dotnet", [panel, .. arguments], Environment(database), input);

    private Task<string> PrepareFullAsync() =>
        PrepareAsync("full", db => MailSeed.FillAsync(db, domains: 2_000, mailboxes: 180_000, inBigDomain: 20_000, aliases: 50_000, auditEntries: 1_000_000, isUsed: true));

    private async Task<string> PrepareAsync(string name, Func<MariaDbConnection, Task> fill)
    {
        var database = await server.CreateDatabaseAsync(name);
        await CliAsync(database, "", "db", "migrate");
        await using (var connection = new MariaDbConnection(server.ConnectionString(database)))
        {
            await connection.OpenAsync();
            Figures.Print($"seeding the {name} database", await Figures.MillisecondsAsync(() => fill(connection)) / 1000, "s");
        }
        await CliAsync(database, PanelClient.Password + "\n", "admin", "add", PanelClient.Login, "--superadmin", "--password-stdin");
        await CliAsync(database, PanelClient.Password + "\n", "mailbox", "passwd", PanelClient.Owner, "--password-stdin");
        return database;
    }

    private async Task StartsAsync(string database)
    {
        List<double> panels = [], empties = [];
        for (var round = 0; round < 6; round++)
        {
            await using (var app = await ServeAsync(database)) panels.Add(app.MillisecondsToFirstAnswer);
            await using (var app = await PublishedApp.StartAsync(empty, [], "", Environment(database))) empties.Add(app.MillisecondsToFirstAnswer);
        }
        Figures.Print("start to first page, panel (median of 6)", Figures.Median(panels), "ms");
        Figures.Print("start to first page, empty ASP.NET Core app", Figures.Median(empties), "ms");
        Figures.PrintRatio("panel / empty app", Figures.Median(panels), Figures.Median(empties));
    }

    private async Task CommandsAsync(string database)
    {
        List<double> lists = [];
        for (var round = 0; round < 6; round++) lists.Add(await Figures.MillisecondsAsync(() => CliAsync(database, "", "domain", "list", "--json")));
        Figures.Print("adminpanel domain list (process, median of 6)", Figures.Median(lists), "ms");
    }
}
