using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Export;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Audit;

/// <summary>The audit list as CSV, under the filter that stands in the URL as on the list's own page. Times are UTC.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class ExportModel(RecordExport recordExport, AuditRows audit, IStringLocalizer<AuditText> words) : PageModel
{
    /// <param name="mark">False: without the mark at the beginning that spreadsheets look for.</param>
    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "")] AuditQuery query, bool? mark, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        var filter = query.At(null).TrimStart('?');
        var input = new RecordExport.Input { List = "audit", Filter = new PageRequest { Filter = filter.Length == 0 ? null : filter } };
        if (await recordExport.RunAsync(input, actor, ct) is not Outcome<Saved>.Done) return NotFound();

        IReadOnlyList<string> header = [words["When"], words["Actor"], words["Source"], words["Action"], words["Subject"], words["Request"], words["Before"], words["After"]];
        return new CsvFile("audit.csv", mark ?? true, header, RowsAsync(query.ToRequest(), actor, ct));
    }

    private async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(AuditRequest request, Actor actor, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var e in audit.AllAsync(request, actor, ct))
            yield return [e.At.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture), e.Actor, e.Source, e.Action, e.Subject, e.RequestId, e.Before, e.After];
    }
}
