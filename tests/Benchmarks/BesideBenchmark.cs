using System.Diagnostics;
using System.Globalization;
using AdminPanel.Tests.Support;

namespace AdminPanel.Benchmarks;

/// <summary>
/// Two builds of the panel on the same database, asked in turns from eight browsers: what a change of the code did,
/// however slow the machine is at the moment. Processor time says more than pages a second where others use it, too.
/// </summary>
internal sealed class BesideBenchmark(PublishedApp panel, PublishedApp other, PrivateMariaDb server)
{
    private const int Rounds = 12;
    private const int Requests = 400;
    private const int Warmup = 800;
    private const int Browsers = 8;

    private static readonly string[] Pages =
        ["domains", "mailboxes", "domains/big.example/mailboxes?after=m5@big.example", "aliases", "audit", "", "mailboxes/m5@big.example"];

    public async Task RunAsync()
    {
        using var client = await PanelClient.SignInAsync(panel.Address);
        using var older = await PanelClient.SignInAsync(other.Address);
        using var database = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Path.Combine(server.Directory, "pid")), CultureInfo.InvariantCulture));
        foreach (var path in Pages)
        {
            await AskAsync(older, path, Warmup);
            await AskAsync(client, path, Warmup);
        }
        foreach (var path in Pages)
        {
            var (now, then) = (new List<Turn>(), new List<Turn>());
            for (var round = 0; round < Rounds; round++)
            {
                then.Add(await TurnAsync(other, older, database, path));
                now.Add(await TurnAsync(panel, client, database, path));
            }
            Print($"/{path}", now, then);
        }
    }

    private static async Task<Turn> TurnAsync(PublishedApp app, PanelClient client, Process database, string path)
    {
        database.Refresh();
        var (used, usedByDatabase, started) = (app.ProcessorTime, database.TotalProcessorTime, Stopwatch.GetTimestamp());
        await AskAsync(client, path, Requests);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        database.Refresh();
        return new Turn(Requests / seconds, (app.ProcessorTime - used).TotalMilliseconds / Requests, (database.TotalProcessorTime - usedByDatabase).TotalMilliseconds / Requests);
    }

    private static void Print(string page, List<Turn> now, List<Turn> then)
    {
        Console.WriteLine(page);
        Pair("    pages a second", t => t.PagesPerSecond, "");
        Pair("    processor time of the panel for a page", t => t.PanelMilliseconds, "ms");
        Pair("    processor time of the database for a page", t => t.DatabaseMilliseconds, "ms");

        void Pair(string what, Func<Turn, double> figure, string unit)
        {
            Figures.Print($"{what}, the other build", Figures.Median(then.Select(figure)), unit);
            Figures.Print($"{what}, this build", Figures.Median(now.Select(figure)), unit);
            Figures.PrintRatio("        this / other", Figures.Median(now.Select(figure)), Figures.Median(then.Select(figure)));
        }
    }

    private static Task AskAsync(PanelClient client, string path, int count) => Task.WhenAll(Enumerable.Range(0, Browsers).Select(async _ =>
    {
        using var connection = await client.OpenAsync(path);
        for (var i = 0; i < count / Browsers; i++) await connection.GetAsync();
    }));

    private sealed record Turn(double PagesPerSecond, double PanelMilliseconds, double DatabaseMilliseconds);
}
