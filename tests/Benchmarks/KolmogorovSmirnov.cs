namespace AdminPanel.Benchmarks;

/// <summary>
/// The two-sample Kolmogorov-Smirnov test: whether two samples can be told apart by any threshold, their means equal or
/// not. The statistic is the largest distance between their empirical distributions (Smirnov 1939).
/// </summary>
internal static class KolmogorovSmirnov
{
    public static double Statistic(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        var (a, b) = (one.Order().ToList(), other.Order().ToList());
        var (i, j, most) = (0, 0, 0.0);
        while (i < a.Count && j < b.Count)
        {
            var at = Math.Min(a[i], b[j]);
            while (i < a.Count && a[i] <= at) i++;
            while (j < b.Count && b[j] <= at) j++;
            most = Math.Max(most, Math.Abs(((double)i / a.Count) - ((double)j / b.Count)));
        }
        return most;
    }

    /// <summary>What the statistic exceeds with probability <paramref name="alpha"/> where both samples are of one distribution: sqrt(-ln(alpha/2)/2 * (n+m)/(nm)).</summary>
    public static double Threshold(int n, int m, double alpha) => Math.Sqrt(-Math.Log(alpha / 2) / 2 * (n + m) / ((double)n * m));
}
