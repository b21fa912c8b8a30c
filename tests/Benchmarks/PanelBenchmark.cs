using System.Globalization;
using System.Text.RegularExpressions;
using AdminPanel.Tests.Support;
using MariaDb.Client;

namespace AdminPanel.Benchmarks;

/// <summary>
/// The published panel over loopback HTTP and the published CLI: start beside an empty app, list pages at 200,000
/// mailboxes beside a domain of 100, adding a mailbox beside its hash, memory after many requests.
/// </summary>
internal sealed partial class PanelBenchmark(string panel, string empty, string connectionString, IReadOnlyDictionary<string, string> environment)
{
    private const string Login = "bench@example.org";
    private const string Password = "a long benchmark password";

    public static async Task RunAsync()
    {
        var panel = await PublishedApp.PublishAsync("src/AdminWeb/AdminWeb.csproj", "AdminPanel.Web");
        var empty = await PublishedApp.PublishAsync("tests/Benchmarks/EmptyApp/EmptyApp.csproj", "EmptyApp");
        await using var server = await PrivateMariaDb.StartAsync(new() { Arguments = ["--innodb-buffer-pool-size=512M"] });
        var database = await server.CreateDatabaseAsync("panel");
        var keys = Directory.CreateTempSubdirectory("panel-bench-");
        try
        {
            var benchmark = new PanelBenchmark(panel, empty, server.ConnectionString(database), new Dictionary<string, string>
            {
                ["ConnectionStrings__Panel"] = server.ConnectionString(database),
                ["ADMINPANEL__Panel__KeyFile"] = Path.Combine(keys.FullName, "panel.key"),
            });
            await benchmark.PrepareAsync();
            await benchmark.StartsAsync();
            await benchmark.CommandsAsync();
            await benchmark.PagesAsync();
            await benchmark.ManyAsync();
        }
        finally
        {
            keys.Delete(recursive: true);
        }
    }

    private Task<string> CliAsync(string input, params IReadOnlyList<string> arguments) =>
        PublishedApp.RunToEndAsync("dotnet", [panel, .. arguments], environment, input);

    private async Task PrepareAsync()
    {
        await CliAsync("", "db", "migrate");
        await using (var connection = new MariaDbConnection(connectionString))
        {
            await connection.OpenAsync();
            Figures.Print("seeding 200,000 mailboxes in 2,001 domains, 50,000 aliases", await Figures.MillisecondsAsync(
                () => MailSeed.FillAsync(connection, domains: 2_000, mailboxes: 180_000, inBigDomain: 20_000, aliases: 50_000)) / 1000, "s");
        }
        await CliAsync(Password + "\n", "admin", "add", Login, "--superadmin", "--password-stdin");
    }

    private async Task StartsAsync()
    {
        List<double> panels = [], empties = [];
        for (var round = 0; round < 6; round++)
        {
            await using (var app = await PublishedApp.StartAsync(panel, ["serve"], "sign-in", environment)) panels.Add(app.MillisecondsToFirstAnswer);
            await using (var app = await PublishedApp.StartAsync(empty, [], "", environment)) empties.Add(app.MillisecondsToFirstAnswer);
        }
        Figures.Print("start to first page, panel (median of 6)", Figures.Median(panels), "ms");
        Figures.Print("start to first page, empty ASP.NET Core app", Figures.Median(empties), "ms");
        Figures.PrintRatio("panel / empty app", Figures.Median(panels), Figures.Median(empties));
    }

    private async Task CommandsAsync()
    {
        List<double> lists = [];
        for (var round = 0; round < 6; round++) lists.Add(await Figures.MillisecondsAsync(() => CliAsync("", "domain", "list", "--json")));
        Figures.Print("adminpanel domain list (process, median of 6)", Figures.Median(lists), "ms");
    }

    private async Task PagesAsync()
    {
        await using var app = await PublishedApp.StartAsync(panel, ["serve"], "sign-in", environment);
        using var handler = new HttpClientHandler { AllowAutoRedirect = true, CheckCertificateRevocationList = true };
        using var client = new HttpClient(handler) { BaseAddress = app.Address };
        await SignInAsync(client);
        Figures.Print("resident memory, idle", app.ResidentMebibytes, "MiB");

        // d1.example has 90 mailboxes: a full first page, as the big domain's.
        var pages = new (string Name, string Path)[]
        {
            ("mailboxes of a domain with 90, first page", "domains/d1.example/mailboxes"),
            ("mailboxes of a domain with 20,000, first page", "domains/big.example/mailboxes"),
            ("mailboxes of a domain with 20,000, last page", "domains/big.example/mailboxes?last=true"),
            ("all 200,000 mailboxes, last page", "mailboxes?last=true"),
            ("2,001 domains, first page", "domains"),
            ("form: add a mailbox", "domains/big.example/mailboxes/add"),
        };
        var medians = await MeasureAsync(client, pages);
        foreach (var (name, path) in pages) Figures.Print(name + " (median of 300)", medians[path], "ms");
        Figures.PrintRatio("first page, 20,000 / 90", medians[pages[1].Path], medians[pages[0].Path]);
        Figures.PrintRatio("last page, 20,000 / 90", medians[pages[2].Path], medians[pages[0].Path]);

        var requests = 6 * 320;
        await RequestAsync(client, pages, 2_000 - requests);
        var early = app.ResidentMebibytes;
        await RequestAsync(client, pages, 8_000);
        Figures.Print("resident memory after 2,000 requests", early, "MiB");
        Figures.Print("resident memory after 10,000 requests", app.ResidentMebibytes, "MiB");
        Figures.PrintRatio("memory, 10,000 / 2,000 requests", app.ResidentMebibytes, early);
    }

    /// <summary>What is looked for, taken away and changed as a whole.</summary>
    private async Task ManyAsync()
    {
        await using var app = await PublishedApp.StartAsync(panel, ["serve"], "sign-in", environment);
        using var handler = new HttpClientHandler { AllowAutoRedirect = true, CheckCertificateRevocationList = true };
        using var client = new HttpClient(handler) { BaseAddress = app.Address };
        await SignInAsync(client);

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
            for (var round = 0; round < 12; round++) times.Add(await Figures.MillisecondsAsync(() => GetAsync(client, path)));
            Figures.Print(name + " (median of 12)", Figures.Median(times), "ms");
        }

        var before = app.ResidentMebibytes;
        Figures.Print("CSV of all 200,000 mailboxes", await Figures.MillisecondsAsync(() => DrainAsync(client, "export/mailboxes")) / 1000, "s");
        Figures.Print("resident memory before and after it", before, "MiB");
        Figures.Print("", app.ResidentMebibytes, "MiB");
        await JobAsync(client);
    }

    private static async Task DrainAsync(HttpClient client, string path)
    {
        await using var rows = await client.GetStreamAsync(new Uri(path, UriKind.Relative));
        await rows.CopyToAsync(Stream.Null);
    }

    // m1, m10 to m19, ... m10000 to m19999: what begins with m1 in the domain of 20,000.
    private async Task JobAsync(HttpClient client)
    {
        const int Many = 11_111;
        const string Path = "bulk/mailboxes?all=true&domain=big.example&q=m1";
        var page = await client.GetStringAsync(new Uri(Path, UriKind.Relative));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Input.Action"] = "Deactivate",
            ["Input.Count"] = Many.ToString(CultureInfo.InvariantCulture),
            ["__RequestVerificationToken"] = AntiforgeryToken().Match(page).Groups["token"].Value,
        });
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        using var answer = await client.PostAsync(new Uri(Path, UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        await using var connection = new MariaDbConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT CONCAT(state, ' ', done_count) FROM jobs ORDER BY id DESC LIMIT 1";
        while ((string?)await command.ExecuteScalarAsync() is var state && state != $"done {Many}")
        {
            if (state?.StartsWith("failed", StringComparison.Ordinal) == true) throw new InvalidOperationException($"The job ended as {state}.");
            await Task.Delay(50);
        }
        Figures.Print("deactivate 11,111 mailboxes as a job", System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds, "s");
    }

    // In turns, so that a slow moment of the machine meets every page alike.
    private static async Task<Dictionary<string, double>> MeasureAsync(HttpClient client, (string Name, string Path)[] pages)
    {
        var times = pages.ToDictionary(page => page.Path, _ => new List<double>());
        for (var round = 0; round < 320; round++)
        {
            foreach (var (_, path) in pages)
            {
                var elapsed = await Figures.MillisecondsAsync(() => GetAsync(client, path));
                if (round >= 20) times[path].Add(elapsed);
            }
        }
        return times.ToDictionary(pair => pair.Key, pair => Figures.Median(pair.Value));
    }

    private static async Task RequestAsync(HttpClient client, (string Name, string Path)[] pages, int count)
    {
        for (var i = 0; i < count; i++) await GetAsync(client, pages[i % pages.Length].Path);
    }

    private static async Task GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (answer.RequestMessage!.RequestUri!.AbsolutePath == "/sign-in") throw new InvalidOperationException($"{path} asked to sign in.");
        if (bytes.Length < 1000) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{path} answered {bytes.Length} bytes."));
    }

    private static async Task SignInAsync(HttpClient client)
    {
        var page = await client.GetStringAsync(new Uri("sign-in", UriKind.Relative));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Input.Login"] = Login,
            ["Input.Password"] = Password,
            ["__RequestVerificationToken"] = AntiforgeryToken().Match(page).Groups["token"].Value,
        });
        using var answer = await client.PostAsync(new Uri("sign-in", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        if (answer.RequestMessage!.RequestUri!.AbsolutePath == "/sign-in") throw new InvalidOperationException("The panel refused the benchmark's own sign-in.");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
