using System.Globalization;
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

/// <summary>What a list is ordered by. Each list knows some of them, those that an index serves; for the others it keeps to the name.</summary>
public enum ListSort
{
    Name,

    /// <summary>When it was added: in the order of ids.</summary>
    Added,

    /// <summary>How full a mailbox is: nearly full ones are together, whatever their size.</summary>
    Used,

    LastSignIn,
    Mailboxes,
    Aliases,
    Allocated,
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

    /// <summary>Rows that come after this key.</summary>
    public string? After { get; init; }

    /// <summary>Rows that come before this key, the nearest ones.</summary>
    public string? Before { get; init; }

    /// <summary>The last rows of all.</summary>
    public bool IsLast { get; init; }

    /// <summary>What a row's name begins with, so that an index answers it.</summary>
    public string? Filter { get; init; }

    /// <summary>The filter may stand anywhere in the row's texts: names, comments and destinations, too.</summary>
    public bool IsInside { get; init; }

    public StateFilter State { get; init; }

    /// <summary>Only what carries this tag, in normal form; an address has the tags of its domain.</summary>
    public string? Tag { get; init; }

    public ListOnly Only { get; init; }

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Filter) || State != StateFilter.All || Tag is not null || Only != ListOnly.None;

    public ListSort Sort { get; init; }

    /// <summary>The greatest first.</summary>
    public bool IsDescending { get; init; }

    internal bool IsBackward => IsLast || Before is not null;

    /// <summary>The key that the page begins or ends beside; null for the first and the last page.</summary>
    internal string? Place => IsLast ? null : After ?? Before;

    /// <summary>Whether the index is walked from greater to smaller: the pages before, or a list turned over, but not both.</summary>
    internal bool WalksDown => IsBackward != IsDescending;

    /// <summary>The filter as the keys are spelled; null where there is none.</summary>
    internal string? Prefix => string.IsNullOrWhiteSpace(Filter) ? null : WellFormed(Filter.Trim()).Normalize().ToLowerInvariant();

    // Normalize throws on an unpaired surrogate; the replacement character is in no address.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}

/// <summary>A row with everything that a list of addresses may be ordered by.</summary>
/// <param name="Rank">The number it is ordered by; 0 where that is the name or the id.</param>
public sealed record Listed<TRow>(TRow Row, string Name, long Id, long Rank)
{
    public string Key(ListSort sort) => sort switch
    {
        ListSort.Name => Name,
        ListSort.Added => Id.ToString(CultureInfo.InvariantCulture),
        _ => RankKey.Of(Rank, Id),
    };
}

/// <param name="FirstKey">For the link to the previous page: its <see cref="PageRequest.Before"/>.</param>
/// <param name="LastKey">For the link to the next page: its <see cref="PageRequest.After"/>.</param>
/// <param name="Total">Rows in all where a counter knows it; null where it does not, as under a filter.</param>
public sealed record RowPage<TRow>(
    IReadOnlyList<TRow> Rows, bool HasPrevious, bool HasNext, string? FirstKey, string? LastKey, int? Total)
{
    /// <param name="rows">A page, and one more where there is more: as <see cref="OfAsync(IQueryable{TRow}, PageRequest, Func{TRow, string}, int?, CancellationToken)"/> reads them.</param>
    internal static RowPage<TRow> Of(List<Listed<TRow>> rows, PageRequest request, int? total)
    {
        var page = RowPage<Listed<TRow>>.Of(rows, request, r => r.Key(request.Sort), total);
        return new RowPage<TRow>([.. page.Rows.Select(r => r.Row)], page.HasPrevious, page.HasNext, page.FirstKey, page.LastKey, page.Total);
    }

    /// <param name="ordered">Already after, or before, the request's key, and ordered in its direction.</param>
    internal static async Task<RowPage<TRow>> OfAsync(IQueryable<TRow> ordered, PageRequest request, Func<TRow, string> key, int? total, CancellationToken ct) =>
        // One more than is shown: whether there is another page without counting.
        Of(await ordered.Take(request.Count + 1).ToListAsync(ct), request, key, total);

    internal static RowPage<TRow> Of(List<TRow> rows, PageRequest request, Func<TRow, string> key, int? total)
    {
        var hasMore = rows.Count > request.Count;
        if (hasMore) rows.RemoveAt(request.Count);
        if (request.IsBackward) rows.Reverse();

        var (first, last) = rows.Count == 0 ? (null, null) : (key(rows[0]), key(rows[^1]));
        return request.IsBackward
            ? new RowPage<TRow>(rows, hasMore, !request.IsLast, first, last, total)
            : new RowPage<TRow>(rows, request.After is not null, hasMore, first, last, total);
    }
}
