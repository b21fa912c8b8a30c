using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dns;

/// <summary>Ends every link to a domain's DNS records, whoever made it. Whoever is permitted DNS there.</summary>
public sealed class EndDnsShares(AdminDb db)
{
    public Task<Outcome<Saved>> RunAsync(DomainName name, Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            var id = await db.Domains.PermittedTo(actor, DomainPermissions.Dns).Where(d => d.Name == name && d.Kind != DomainKind.Recycled).Select(d => (long?)d.Id).FirstOrDefaultAsync(token);
            if (id is not { } domain) return Outcome.NotFound<Saved>();

            // No form shows the number, so nobody who has one open is overtaken.
            await db.Domains.Where(d => d.Id == domain).ExecuteUpdateAsync(set => set.SetProperty(d => d.DnsShareSeries, d => d.DnsShareSeries + 1), token);
            db.Audit(actor, "dns.end-shares", name.Value, domain);
            return Outcome.Done(new Saved(domain, name.Value));
        },
        duplicate: null,
        ct);
}
