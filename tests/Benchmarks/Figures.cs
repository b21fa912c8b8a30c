using System.Diagnostics;
using System.Globalization;

namespace AdminPanel.Benchmarks;

/// <summary>Medians and ratios, printed; no figure here is ever asserted.</summary>
internal static class Figures
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    public static async Task<double> MillisecondsAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public static void Print(string what, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-72} {value,10:0.00} {unit}"));

    public static void PrintRatio(string what, double value, double reference) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-72} {value / reference,10:0.00} x"));
}
