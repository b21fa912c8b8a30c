using System.Globalization;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The records of one domain for whoever has the link: no account, nothing to change, nothing else to go to.</summary>
[AllowAnonymous]
public sealed class SharedModel(ShareLink links, ShareDns share, DnsRows dns) : PageModel
{
    /// <summary>Null where the link shows nothing any more.</summary>
    public ShownDns? Shown { get; private set; }

    /// <summary>The last day of the link: "2026-11-29".</summary>
    public string Until { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string? of, CancellationToken ct)
    {
        // A link that somebody mails around is no page to be found.
        Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        if (links.Read(of) is not { } found) return NotFound();

        if (await share.OpenAsync(found, HttpContext.Visitor(), ct) is { } maker && await dns.FindAsync(DomainName.Parse(found.Domain), found.Zone, maker, ct) is { } plan)
            (Shown, Until) = (new ShownDns(plan, MayChooseSettings: false), found.ExpiresAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        else
            Response.StatusCode = StatusCodes.Status410Gone;
        return Page();
    }
}
