using System.Globalization;
using AdminPanel.Data;

namespace AdminPanel.Web.Features.Shared;

/// <summary>When an address is in use: from a moment on, until a moment; UTC, null where that side is open.</summary>
public readonly record struct ActivePeriod(DateTime? From, DateTime? Until)
{
    private const string Day = "yyyy-MM-dd";

    private static readonly string[] Moments =
        ["yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mmZ", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.FFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFZ"];

    /// <summary>The first moment as people type it: the day alone where it begins at midnight.</summary>
    public string? FromText => From is { } at ? Text(at, at) : null;

    /// <summary>The end as people type it: the last day alone where it ends at midnight.</summary>
    public string? UntilText => Until is { } at ? Text(at, at.AddDays(-1)) : null;

    /// <summary>Reads the fields "ActiveFrom" and "ActiveUntil": days, or days with a time of day, in UTC. What is wrong goes to <paramref name="reading"/>.</summary>
    /// <param name="from">"2026-12-24" begins with that day.</param>
    /// <param name="until">"2026-12-24" ends with that day, which is the last one.</param>
    /// <param name="stored">What stands now: an end that has passed may stay, but is not chosen anew.</param>
    internal static ActivePeriod Read(Reading reading, string? from, string? until, ActivePeriod stored, DateTime now)
    {
        var period = new ActivePeriod(Moment(reading, "ActiveFrom", from, isEnd: false), Moment(reading, "ActiveUntil", until, isEnd: true));
        if (period.Until <= period.From) reading.Add(new Problem("ActiveUntil", "PeriodEmpty"));
        else if (period.Until <= now && period.Until != stored.Until) reading.Add(new Problem("ActiveUntil", "PeriodOver"));
        return period;
    }

    private static DateTime? Moment(Reading reading, string field, string? text, bool isEnd)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        // Within what a datetime column holds with a day to spare on either side.
        if (DateTime.TryParseExact(text.Trim(), Day, CultureInfo.InvariantCulture, Utc, out var day) && day.Year is >= 2000 and < 9000)
            return isEnd ? day.AddDays(1) : day;
        if (DateTime.TryParseExact(text.Trim(), Moments, CultureInfo.InvariantCulture, Utc, out var moment) && moment.Year is >= 2000 and < 9000)
            return moment;

        reading.Add(new Problem(field, "DateUnreadable", text.Trim()));
        return null;
    }

    private static string Text(DateTime at, DateTime day) => at.TimeOfDay == TimeSpan.Zero
        ? day.ToString(Day, CultureInfo.InvariantCulture)
        : at.ToString(at.TimeOfDay.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-ddTHH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
}
