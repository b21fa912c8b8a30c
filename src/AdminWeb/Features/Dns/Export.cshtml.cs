using System.Text;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The records of a domain as a file. Nothing of it is secret, since all of it is to be published: taking it away is not written down.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class ExportModel(DnsRows dns) : PageModel
{
    /// <param name="format">A zone file where none is named.</param>
    public async Task<IActionResult> OnGetAsync(string domain, string? format, string? zone, CancellationToken ct)
    {
        if (DnsExport.Find(format ?? DnsExport.All[0].Format) is not { } export || !DomainName.TryParse(domain, out var name)) return NotFound();
        if (await dns.FindAsync(name, zone, HttpContext.Actor(), ct) is not { } plan) return NotFound();
        // The page says what is missing.
        if (plan.Server is null) return RedirectToPage("Index", new { domain = name.Value });

        Response.Headers.CacheControl = "no-store";
        return File(Encoding.UTF8.GetBytes(export.Text(plan.Domain, plan.Records)), $"{export.ContentType}; charset=utf-8", export.FileName(name));
    }
}
