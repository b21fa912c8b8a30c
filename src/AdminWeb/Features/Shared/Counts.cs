using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Counts as words.</summary>
public static class Counts
{
    /// <summary>"12 of 50", or "12" without a limit.</summary>
    public static string CountOf(this IStringLocalizer<SharedText> words, int count, int? limit) =>
        limit is { } most ? words["QuotaOf", count, most] : count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
