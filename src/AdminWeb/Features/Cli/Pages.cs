using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Cli;

internal static class Pages
{
    /// <summary>Rows that one command reads.</summary>
    private const int Block = 1000;

    /// <summary>Every row of a list, block after block; null where the list itself is not there.</summary>
    public static async Task<IReadOnlyList<TRow>?> AllAsync<TRow>(Func<PageRequest, Task<RowPage<TRow>?>> next, PageRequest limits)
    {
        var rows = new List<TRow>();
        var request = limits with { Count = Block };
        while (true)
        {
            if (await next(request) is not { } page) return null;

            rows.AddRange(page.Rows);
            if (!page.HasNext) return rows;

            request = request with { After = page.LastKey };
        }
    }
}
