using System.Globalization;

namespace AdminPanel.Web.Features.Overview;

/// <summary>
/// Values over days as points of an SVG of <see cref="Width"/> by <see cref="Height"/>, which a page stretches as it
/// likes. It begins at nothing, so that a small change looks small.
/// </summary>
public static class LineChart
{
    public const int Width = 600;

    public const int Height = 150;

    /// <summary>Above the greatest value.</summary>
    private const int Air = 10;

    /// <summary>"0,150 600,10": at least two days, in their order.</summary>
    public static string Points(IReadOnlyList<(DateOnly Day, long Value)> values)
    {
        var (first, last, most) = (values[0].Day.DayNumber, values[^1].Day.DayNumber, Math.Max(1, values.Max(v => v.Value)));
        return string.Join(' ', values.Select(v => string.Create(
            CultureInfo.InvariantCulture,
            $"{(double)Width * (v.Day.DayNumber - first) / (last - first):0.#},{Height - ((Height - Air) * (double)v.Value / most):0.#}")));
    }

    /// <summary>The same with the ground below it, to be filled.</summary>
    public static string Area(IReadOnlyList<(DateOnly Day, long Value)> values) => $"0,{Height} {Points(values)} {Width},{Height}";
}
