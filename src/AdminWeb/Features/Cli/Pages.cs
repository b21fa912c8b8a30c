using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Cli;

internal static class Pages
{
    /// <summary>Every row of a list, page after page; null where the list itself is not there.</summary>
    public static async Task<IReadOnlyList<TRow>?> AllAsync<TRow>(Func<PageRequest, Task<RowPage<TRow>?>> next, string? filter)
    {
        var rows = new List<TRow>();
        var request = new PageRequest { Filter = filter };
        while (true)
        {
            if (await next(request) is not { } page) return null;

            rows.AddRange(page.Rows);
            if (!page.HasNext) return rows;

            request = request with { After = page.LastKey };
        }
    }
}
