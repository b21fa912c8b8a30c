using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace AdminPanel.Web.Features.Shared;

/// <summary>A table to download, written as its rows come: its length is not in memory, and not in the answer's head.</summary>
/// <param name="HasMark">Whether it begins with the mark by which spreadsheets know UTF-8.</param>
internal sealed record CsvFile(string Name, bool HasMark, IReadOnlyList<string> Header, IAsyncEnumerable<IReadOnlyList<string?>> Rows) : IActionResult
{
    // What is written at once.
    private const int Enough = 32 * 1024;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, ct) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{Name}\"";
        response.Headers.CacheControl = "no-store";
        var text = new StringBuilder(HasMark ? "\uFEFF" : "").Append(Csv.Line(Header));
        await foreach (var row in Rows.WithCancellation(ct))
        {
            text.Append(Csv.Line(row));
            if (text.Length < Enough) continue;

            await response.WriteAsync(text.ToString(), Encoding.UTF8, ct);
            text.Clear();
        }
        await response.WriteAsync(text.ToString(), Encoding.UTF8, ct);
    }
}
