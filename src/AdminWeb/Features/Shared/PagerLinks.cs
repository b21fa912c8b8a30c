namespace AdminPanel.Web.Features.Shared;

/// <summary>Where a list goes on: each link is null where it leads nowhere.</summary>
public sealed record PagerLinks(int Shown, int? Total, string? First, string? Previous, string? Next, string? Last)
{
    public bool IsNeeded => First is not null || Previous is not null || Next is not null || Last is not null;

    public static PagerLinks Of<TRow>(RowPage<TRow> page, ListQuery query) => new(
        page.Rows.Count,
        page.Total,
        page.HasPrevious ? query.At(null) : null,
        page is { HasPrevious: true, FirstKey: { } first } ? query.At(("before", first)) : null,
        page is { HasNext: true, LastKey: { } last } ? query.At(("after", last)) : null,
        page.HasNext ? query.At(("last", "1")) : null);
}
