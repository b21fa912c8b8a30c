using System.Diagnostics;
using AdminPanel.Web.Platform.Passwords;

namespace AdminPanel.Benchmarks;

/// <summary>Two hundred owners sign in to the panel at once: how long until the last is in, and what memory it takes beside what the places for hashes allow.</summary>
internal static class ManySignInsBenchmark
{
    private const int People = 200;

    public static async Task RunAsync()
    {
        await using var panel = await OwnersPanel.StartAsync(People + 20);
        // Compiled, and the memory that a panel has at work anyway.
        for (var n = People + 1; n <= People + 20; n++)
        {
            using var visit = await OwnerVisit.OpenAsync(panel.App.Address, Source(n));
            if (!(await visit.SignInAsync(Login(n), OwnersPanel.Password)).IsIn) throw new InvalidOperationException($"{Login(n)} cannot sign in.");
        }
        var visits = await Task.WhenAll(Enumerable.Range(1, People).Select(n => OwnerVisit.OpenAsync(panel.App.Address, Source(n))));
        var atRest = panel.App.ResidentMebibytes;

        using var end = new CancellationTokenSource();
        var peak = PeakAsync(panel.App, end.Token);
        var started = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(visits.Select((visit, i) => visit.SignInAsync(Login(i + 1), OwnersPanel.Password)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        await end.CancelAsync();

        Figures.Print("sign-ins at once that were let in", answers.Count(a => a.IsIn), $"of {People}");
        Figures.Print("until the last was in", elapsed.TotalSeconds, "s");
        Figures.Print("median of one", Figures.Median(answers.Select(a => a.Milliseconds)) / 1000, "s");
        Figures.Print("resident memory before", atRest, "MiB");
        Figures.Print("resident memory, most, above that", await peak - atRest, "MiB");
        Figures.Print("hashes that may run at once, at 64 MiB each", HashSetting.UsualPlaces * (PasswordHasher.MemoryBytes >> 20), "MiB");
        foreach (var visit in visits) visit.Dispose();
    }

    private static string Login(int n) => FormattableString.Invariant($"m{n}@d1.example");

    private static string Source(int n) => FormattableString.Invariant($"198.51.{n / 200}.{n % 200}");

    private static async Task<double> PeakAsync(PublishedApp app, CancellationToken end)
    {
        var most = 0.0;
        while (!end.IsCancellationRequested)
        {
            most = Math.Max(most, app.ResidentMebibytes);
            await Task.Delay(10, CancellationToken.None);
        }
        return most;
    }
}
