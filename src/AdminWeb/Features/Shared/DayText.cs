using System.Globalization;

namespace AdminPanel.Web.Features.Shared;

/// <summary>The day of a time of the database (UTC), as it stands in a sentence: "2026-11-22".</summary>
public static class DayText
{
    public static string Of(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
