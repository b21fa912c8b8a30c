using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.SignIn;
using AdminPanel.Web.Platform.Dns;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The records that a domain of any kind needs, to be copied into a registrar's form.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(DnsRows dns, DnsQuery query) : PageModel
{
    public DnsPlan Plan { get; private set; } = null!;

    /// <summary>What the name servers have, where somebody asked.</summary>
    public IReadOnlyDictionary<DnsRecord, CheckedRecord> Checks { get; private set; } = new Dictionary<DnsRecord, CheckedRecord>();

    public bool MayChooseSettings { get; private set; }

    /// <summary>The page of the domain itself.</summary>
    public string DomainPage => Plan.Kind switch
    {
        DomainKind.Alias => "/AliasDomains/Show",
        DomainKind.Relay => "/RelayDomains/Show",
        _ => "/Domains/Show",
    };

    public async Task<IActionResult> OnGetAsync(string domain, string? zone, bool check, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        if (!DomainName.TryParse(domain, out var name) || await dns.FindAsync(name, zone, actor, ct) is not { } found) return NotFound();

        Plan = found;
        if (check)
        {
            using var inquiry = query.Begin(ct);
            Checks = (await CheckRecords.RunAsync(found, inquiry, ct)).ToDictionary(c => c.Record);
        }
        MayChooseSettings = actor.IsSuperadmin;
        return Page();
    }
}
