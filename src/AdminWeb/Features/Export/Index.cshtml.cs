using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Export;

/// <summary>A list as CSV, under the filter that stands in the URL as on the list's own page.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(RecordExport recordExport, ListTables tables) : PageModel
{
    /// <param name="kind">"domains", "mailboxes" or "aliases".</param>
    /// <param name="mark">False: without the mark at the beginning that spreadsheets look for.</param>
    public async Task<IActionResult> OnGetAsync(string kind, string? domain, [FromQuery(Name = "")] ListQuery query, bool? mark, CancellationToken ct)
    {
        if (kind is not ("domains" or "mailboxes" or "aliases") || (kind == "domains" && !string.IsNullOrEmpty(domain))) return NotFound();

        var (filter, actor) = (query.ToRequest(), HttpContext.Actor());
        var name = DomainName.TryParse(domain, out var parsed) ? parsed : (DomainName?)null;
        var input = new RecordExport.Input { List = kind, DomainName = string.IsNullOrEmpty(domain) ? null : domain, Filter = filter };
        if (await recordExport.RunAsync(input, actor, ct) is not Outcome<Saved>.Done) return NotFound();

        var (header, rows) = kind switch
        {
            "domains" => tables.Domains(filter, actor, ct),
            "mailboxes" => tables.Mailboxes(name, filter, actor, ct),
            _ => tables.Aliases(name, filter, actor, ct),
        };
        return new CsvFile(name is { } of ? $"{kind}-{of.Value}.csv" : $"{kind}.csv", mark ?? true, header, rows);
    }
}
