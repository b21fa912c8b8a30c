using System.Globalization;

namespace AdminPanel.Benchmarks;

/// <summary>
/// Whether the panel's refusals tell by their time why they refuse: every kind is tried in turns, in an order that changes
/// each round, and each pair of kinds is judged by <see cref="KolmogorovSmirnov"/>.
/// </summary>
internal static class RefusalBenchmark
{
    /// <summary>Tries of each kind.</summary>
    public const int Tries = 60;

    /// <summary>That one pair of those judged is called different although none is, over all pairs together.</summary>
    public const double Alpha = 0.01;

    private const string Wrong = "another long password";
    private const string Throttled = "throttled";

    // By openssl passwd -1 and by doveadm pw -r 12; neither matches what is tried.
    private static readonly (string Name, string Sql)[] Kinds =
    [
        ("wrong password", ""),
        ("wrong address", ""),
        ("weak imported hash", "UPDATE mailboxes m JOIN addresses a ON a.id = m.address_id SET m.password_hash = '{MD5-CRYPT}$1$pbF4/ovo$jucKFiEouKfMk591QxZPQ1' WHERE a.address IN ({0})"),
        ("slow imported hash", "UPDATE mailboxes m JOIN addresses a ON a.id = m.address_id SET m.password_hash = '{BLF-CRYPT}$2y$12$hAqWVNfVRbFerXmrnEGVIeB/aDlEft7Z84YBTM47ArRxmYfiDslpu' WHERE a.address IN ({0})"),
        ("inactive mailbox, right password", "UPDATE addresses a SET a.is_active = 0 WHERE a.address IN ({0})"),
        (Throttled, ""),
    ];

    public static async Task RunAsync()
    {
        await using var panel = await OwnersPanel.StartAsync(Kinds.Length * (Tries + 1));
        for (var kind = 0; kind < Kinds.Length; kind++) await PrepareAsync(panel, kind);
        var times = Kinds.Select(_ => new List<double>()).ToList();
        // The first round of all compiles code.
        for (var round = 0; round <= Tries; round++)
        {
            var order = Enumerable.Range(0, Kinds.Length).ToArray();
            Random.Shared.Shuffle(order);
            foreach (var kind in order)
            {
                var milliseconds = await TryAsync(panel, kind, round);
                if (round > 0) times[kind].Add(milliseconds);
            }
        }
        Judge(times);
    }

    private static void Judge(List<List<double>> times)
    {
        for (var kind = 0; kind < Kinds.Length; kind++) Figures.Print($"{Kinds[kind].Name}: median of {Tries}", Figures.Median(times[kind]), "ms");
        var pairs = (from a in Enumerable.Range(0, Kinds.Length) from b in Enumerable.Range(a + 1, Kinds.Length - a - 1) select (a, b)).ToList();
        // Bonferroni: each pair has its share of alpha.
        var threshold = KolmogorovSmirnov.Threshold(Tries, Tries, Alpha / pairs.Count);
        foreach (var (a, b) in pairs)
        {
            var statistic = KolmogorovSmirnov.Statistic(times[a], times[b]);
            Figures.Print($"{(statistic <= threshold ? "pass" : "FAIL")}: {Kinds[a].Name} / {Kinds[b].Name}", statistic, string.Create(CultureInfo.InvariantCulture, $"of {threshold:0.000}"));
        }
    }

    // A login of its own for each try, so that no budget is spent but the one that shall be.
    private static int Number(int kind, int round) => (kind * (Tries + 1)) + round + 1;

    private static string Login(int kind, int round) => FormattableString.Invariant($"m{(Kinds[kind].Name == Throttled ? Number(kind, 0) : Number(kind, round))}@d1.example");

    private static async Task PrepareAsync(OwnersPanel panel, int kind)
    {
        var (name, sql) = Kinds[kind];
        if (name == Throttled)
        {
            // Strangers have twelve tries an hour of one login, wherever they are.
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
            {
                using var visit = await OwnerVisit.OpenAsync(panel.App.Address, FormattableString.Invariant($"203.0.113.{n + 1}"));
                await visit.SignInAsync(Login(kind, 0), Wrong);
            }));
            return;
        }
        if (sql.Length == 0) return;

        var addresses = string.Join(',', Enumerable.Range(0, Tries + 1).Select(round => $"'{Login(kind, round)}'"));
        await panel.SqlAsync(sql.Replace("{0}", addresses, StringComparison.Ordinal));
    }

    private static async Task<double> TryAsync(OwnersPanel panel, int kind, int round)
    {
        var name = Kinds[kind].Name;
        var login = name == "wrong address" ? FormattableString.Invariant($"nobody{round}@d1.example") : Login(kind, round);
        var number = Number(kind, round);
        using var visit = await OwnerVisit.OpenAsync(panel.App.Address, FormattableString.Invariant($"198.{18 + (number / 60000)}.{number / 250}.{number % 250}"));
        var (isIn, milliseconds) = await visit.SignInAsync(login, name.StartsWith("inactive", StringComparison.Ordinal) ? OwnersPanel.Password : Wrong);
        return isIn ? throw new InvalidOperationException($"{name}: {login} was let in.") : milliseconds;
    }
}
