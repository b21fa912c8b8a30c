using System.Diagnostics;
using System.Globalization;
using MariaDb.Client;

namespace AdminPanel.Benchmarks;

/// <summary>What is looked for, taken away and changed as a whole among 200,000 mailboxes.</summary>
internal sealed class ManyBenchmark(PublishedApp panel, string connectionString)
{
    private const int Rounds = 12;

    public async Task RunAsync()
    {
        using var client = await PanelClient.SignInAsync(panel.Address);
        foreach (var (name, path) in new (string, string)[]
        {
            ("find a beginning (m17)", "find?q=m17"),
            ("find a part that a few hold (m17999@)", "find?q=m17999%40&match=inside"),
            ("find a part that nothing holds", "find?q=nothing-like-it"),
            ("find '%', which nothing holds", "find?q=%25"),
            ("all mailboxes that hold a part, first page", "mailboxes?q=17999&match=inside"),
        })
        {
            var times = new List<double>();
            for (var round = 0; round < Rounds; round++) times.Add(await Figures.MillisecondsAsync(() => client.GetAsync(path)));
            Figures.Print($"{name} (median of {Rounds})", Figures.Median(times), "ms");
        }

        var before = panel.ResidentMebibytes;
        Figures.Print("CSV of all 200,000 mailboxes", await Figures.MillisecondsAsync(() => client.DrainAsync("export/mailboxes")) / 1000, "s");
        Figures.Print("resident memory before it", before, "MiB");
        Figures.Print("resident memory after it", panel.ResidentMebibytes, "MiB");
        await JobAsync(client);
    }

    // m1, m10 to m19, ... m10000 to m19999: what begins with m1 in the domain of 20,000.
    private async Task JobAsync(PanelClient client)
    {
        const int Many = 11_111;
        var started = Stopwatch.GetTimestamp();
        await client.PostAsync("bulk/mailboxes?all=true&domain=big.example&q=m1", new()
        {
            ["Input.Action"] = "Deactivate",
            ["Input.Count"] = Many.ToString(CultureInfo.InvariantCulture),
        });
        await using var connection = new MariaDbConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT CONCAT(state, ' ', done_count) FROM jobs ORDER BY id DESC LIMIT 1";
        while ((string?)await command.ExecuteScalarAsync() is var state && state != $"done {Many}")
        {
            if (state?.StartsWith("failed", StringComparison.Ordinal) == true) throw new InvalidOperationException($"The job ended as {state}.");
            await Task.Delay(50);
        }
        Figures.Print("deactivate 11,111 mailboxes as a job", Stopwatch.GetElapsedTime(started).TotalSeconds, "s");
    }
}
