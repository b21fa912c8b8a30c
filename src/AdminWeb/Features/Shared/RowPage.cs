using System.Text;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Which state a list is limited to.</summary>
public enum StateFilter
{
    All,
    Active,
    Inactive,

    /// <summary>Addresses whose time has not come.</summary>
    Scheduled,

    /// <summary>Addresses whose time is over.</summary>
    Expired,
}

/// <summary>
/// One page of a list, by key: the rows after a key, before a key, the first ones or the last ones. No page number, so
/// the last of 20,000 rows costs what the first does.
/// </summary>
public sealed record PageRequest
{
    public const int Size = 50;

    /// <summary>How many rows: a page, or a block of an export.</summary>
    public int Count { get; init; } = Size;

    /// <summary>Rows whose key is greater.</summary>
    public string? After { get; init; }

    /// <summary>Rows whose key is smaller, the nearest ones.</summary>
    public string? Before { get; init; }

    /// <summary>The last rows of all.</summary>
    public bool IsLast { get; init; }

    /// <summary>What a row's name begins with, so that an index answers it.</summary>
    public string? Filter { get; init; }

    /// <summary>The filter may stand anywhere in the row's texts: names, comments and destinations, too.</summary>
    public bool IsInside { get; init; }

    public StateFilter State { get; init; }

    /// <summary>Only what carries this tag, in normal form.</summary>
    public string? Tag { get; init; }

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Filter) || State != StateFilter.All || Tag is not null;

    internal bool IsBackward => IsLast || Before is not null;

    /// <summary>The filter as the keys are spelled; null where there is none.</summary>
    internal string? Prefix => string.IsNullOrWhiteSpace(Filter) ? null : WellFormed(Filter.Trim()).Normalize().ToLowerInvariant();

    // Normalize throws on an unpaired surrogate; the replacement character is in no address.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}

/// <param name="FirstKey">For the link to the previous page: its <see cref="PageRequest.Before"/>.</param>
/// <param name="LastKey">For the link to the next page: its <see cref="PageRequest.After"/>.</param>
/// <param name="Total">Rows in all where a counter knows it; null where it does not, as under a filter.</param>
public sealed record RowPage<TRow>(
    IReadOnlyList<TRow> Rows, bool HasPrevious, bool HasNext, string? FirstKey, string? LastKey, int? Total)
{
    /// <param name="ordered">Already after, or before, the request's key, and ordered in its direction.</param>
    internal static async Task<RowPage<TRow>> OfAsync(
        IQueryable<TRow> ordered, PageRequest request, Func<TRow, string> key, int? total, CancellationToken ct)
    {
        // One more than is shown: whether there is another page without counting.
        var rows = await ordered.Take(request.Count + 1).ToListAsync(ct);
        var hasMore = rows.Count > request.Count;
        if (hasMore) rows.RemoveAt(request.Count);
        if (request.IsBackward) rows.Reverse();

        var (first, last) = rows.Count == 0 ? (null, null) : (key(rows[0]), key(rows[^1]));
        return request.IsBackward
            ? new RowPage<TRow>(rows, hasMore, !request.IsLast, first, last, total)
            : new RowPage<TRow>(rows, request.After is not null, hasMore, first, last, total);
    }
}
