using System.Diagnostics;
using AdminPanel.Tests.Support;

namespace AdminPanel.Benchmarks;

/// <summary>
/// Every list page (first, middle, last) and form at full size beside the same page on small data, pages a second from
/// eight browsers, and memory. The client and the database run on the same cores.
/// </summary>
internal sealed class PageBenchmark(PublishedApp panel, PublishedApp small, PrivateMariaDb server)
{
    private const int Rounds = 120;
    // Code is compiled for good after some hundred calls, in the background.
    private const int Warmup = 300;
    private const int Browsers = 8;

    // All of them are in both databases, and each list has a full page in both.
    private static readonly string[] Lists =
    [
        "domains", "domains?after=d2.example", "domains?last=1",
        "mailboxes", "mailboxes?after=m5@d1.example", "mailboxes?last=1",
        "domains/big.example/mailboxes", "domains/big.example/mailboxes?after=m5@big.example", "domains/big.example/mailboxes?last=1",
        "aliases", "aliases?after=u5@d6.example", "aliases?last=1",
        "audit", "audit?actor=admin1@example.org", "audit?action=mailbox.create", "audit?until=2020-06-01", "jobs", "relay-domains", "alias-domains",
    ];

    private static readonly string[] Forms =
    [
        "domains/add", "domains/big.example", "domains/big.example/edit", "domains/big.example/mailboxes/add", "mailboxes/m5@big.example",
        "mailboxes/m5@big.example/password", "mailboxes/m5@big.example/rename", "domains/big.example/aliases/add", "aliases/u5@d6.example", "",
    ];

    // What a mailbox owner lands on.
    private const string Own = "me";

    public async Task RunAsync()
    {
        using var client = await PanelClient.SignInAsync(panel.Address);
        using var beside = await PanelClient.SignInAsync(small.Address);
        Figures.Print("resident memory, idle", panel.ResidentMebibytes, "MiB");
        foreach (var path in Lists.Concat(Forms))
        {
            await ManyAsync(client, path, Warmup);
            await ManyAsync(beside, path, Warmup);
        }
        using var owner = await PanelClient.SignInAsync(panel.Address, PanelClient.Owner);
        using var ownerBeside = await PanelClient.SignInAsync(small.Address, PanelClient.Owner);
        await ManyAsync(owner, Own, Warmup);
        await ManyAsync(ownerBeside, Own, Warmup);
        await PagesAsync(client, beside, owner, ownerBeside);
        await ThroughputAsync(client);
        await MemoryAsync(client);
    }

    // One page after the other and both panels in turns, round by round: a slow moment of the machine meets all alike.
    private static async Task PagesAsync(PanelClient client, PanelClient beside, PanelClient owner, PanelClient ownerBeside)
    {
        var pages = new List<MeasuredPage>();
        try
        {
            foreach (var path in Lists.Concat(Forms)) pages.Add(new MeasuredPage(path, await client.OpenAsync(path), await beside.OpenAsync(path)));
            pages.Add(new MeasuredPage(Own, await owner.OpenAsync(Own), await ownerBeside.OpenAsync(Own)));
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var page in pages) await page.AskAsync();
            }
            foreach (var page in pages) page.Print();
        }
        finally
        {
            foreach (var page in pages) page.Dispose();
        }
    }

    private async Task ThroughputAsync(PanelClient client)
    {
        using var database = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Path.Combine(server.Directory, "pid")), System.Globalization.CultureInfo.InvariantCulture));
        foreach (var path in new[] { "domains", "mailboxes", "domains/big.example/mailboxes?after=m5@big.example", "aliases", "audit" })
        {
            await ManyAsync(client, path, 400);
            database.Refresh();
            var (before, beforeDatabase, started) = (panel.ProcessorTime, database.TotalProcessorTime, Stopwatch.GetTimestamp());
            const int Requests = 4_000;
            await ManyAsync(client, path, Requests);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            database.Refresh();
            Figures.Print($"/{path}, {Browsers} browsers", Requests / seconds, "pages a second");
            Figures.Print("    processor time of the panel for a page", (panel.ProcessorTime - before).TotalMilliseconds / Requests, "ms");
            Figures.Print("    processor time of the database for a page", (database.TotalProcessorTime - beforeDatabase).TotalMilliseconds / Requests, "ms");
        }
    }

    private static Task ManyAsync(PanelClient client, string path, int count) => Task.WhenAll(Enumerable.Range(0, Browsers).Select(async _ =>
    {
        using var connection = await client.OpenAsync(path);
        for (var i = 0; i < count / Browsers; i++) await connection.GetAsync();
    }));

    private async Task MemoryAsync(PanelClient client)
    {
        await WalkAsync(client, 2_000);
        var early = panel.ResidentMebibytes;
        await WalkAsync(client, 8_000);
        Figures.Print("resident memory after 2,000 further requests", early, "MiB");
        Figures.Print("resident memory after 10,000 further requests", panel.ResidentMebibytes, "MiB");
        Figures.PrintRatio("memory, 10,000 / 2,000 requests", panel.ResidentMebibytes, early);
    }

    private static async Task WalkAsync(PanelClient client, int count)
    {
        for (var i = 0; i < count; i++) await client.GetAsync(Lists[i % Lists.Length]);
    }
}
