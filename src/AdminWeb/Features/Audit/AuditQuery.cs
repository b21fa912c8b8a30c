using System.Globalization;
using AdminPanel.Web.Features.Shared;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace AdminPanel.Web.Features.Audit;

/// <summary>Filter and page of the audit list as they stand in its URL. What cannot be read is no filter: an old or mistyped link still shows the list.</summary>
public sealed record AuditQuery
{
    [FromQuery(Name = "actor")]
    public string? Actor { get; init; }

    [FromQuery(Name = "object")]
    public string? Subject { get; init; }

    [FromQuery(Name = "action")]
    public string? Action { get; init; }

    /// <summary>The first day, in UTC.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>The last day, in UTC, with all of it.</summary>
    [FromQuery(Name = "until")]
    public string? Until { get; init; }

    /// <summary><see cref="AuditKey"/> that the page begins below.</summary>
    [FromQuery(Name = "before")]
    public string? Before { get; init; }

    public bool IsFiltered => Blank(Actor) is not null || Blank(Subject) is not null || Blank(Action) is not null || Day(From) is not null || Day(Until) is not null;

    public AuditRequest ToRequest() => new(
        Blank(Actor), Blank(Subject) is { } subject ? AddressText.Stored(subject) : null, Blank(Action), Day(From), Day(Until)?.AddDays(1), AuditKey.TryParse(Before, out var key) ? key : null);

    /// <summary>The same list with another filter, from its newest entry.</summary>
    public string With(string? actor = null, string? subject = null, string? action = null) =>
        (this with { Actor = actor ?? Actor, Subject = subject ?? Subject, Action = action ?? Action }).At(null);

    /// <summary>The same filter, at another page.</summary>
    public string At(AuditKey? before)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[] { ("actor", Actor), ("object", Subject), ("action", Action), ("from", From), ("until", Until), ("before", before?.ToString()) })
        {
            if (Blank(value) is { } text) query.Add(name, text);
        }
        var built = query.ToString();
        return built.Length == 0 ? "?" : built;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateTime? Day(string? text) =>
        DateTime.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)
        && day.Year < DateTime.MaxValue.Year ? day : null;
}

/// <summary>Which entries a list is limited to: exact words, and a half-open range of times in UTC.</summary>
public sealed record AuditRequest(string? Actor = null, string? Subject = null, string? Action = null, DateTime? From = null, DateTime? Before = null, AuditKey? Below = null);

/// <summary>The place of an entry in the list, which is ordered by time and, within one microsecond, by id.</summary>
public readonly record struct AuditKey(DateTime At, long Id)
{
    public static bool TryParse(string? text, out AuditKey key)
    {
        key = default;
        var parts = (text ?? "").Split('-');
        if (parts.Length != 2 || !TryNumber(parts[0], out var ticks) || !TryNumber(parts[1], out var id) || ticks > DateTime.MaxValue.Ticks) return false;

        key = new AuditKey(new DateTime(ticks, DateTimeKind.Utc), id);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.Ticks}-{Id}");

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
