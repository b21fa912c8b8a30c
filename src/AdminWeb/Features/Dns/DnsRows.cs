using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dkim;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.MailServer;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The DNS records of the domains that the actor sees.</summary>
public sealed class DnsRows(AdminDb db, ServerSettings settings)
{
    /// <summary>Who takes DMARC's reports, where there is such an address.</summary>
    public const string DmarcReader = "dmarc";

    /// <summary>Who takes the reports on TLS, where there is such an address.</summary>
    public const string TlsReader = "tlsrpt";

    /// <param name="zone">The zone that holds the domain; one that cannot hold it, and null, is the domain itself.</param>
    /// <returns>Null where there is no such domain for this actor.</returns>
    public async Task<DnsPlan?> FindAsync(DomainName name, string? zone, Actor actor, CancellationToken ct)
    {
        var permitted = db.Domains.PermittedTo(actor, DomainPermissions.Dns);
        var found = await db.Domains.VisibleTo(actor).Where(d => d.Name == name)
            .Select(d => new
            {
                d.Kind, d.Version, d.DmarcStep, d.MtaSts, Target = (DomainName?)d.Target!.Name,
                // Neither mail for it nor mail from it: what others should take for granted, too. An alias domain has what its target has, and may be sent as by itself.
                IsSilent = db.Domains.Any(own => own.Id == (d.TargetId ?? d.Id) && own.Kind == DomainKind.Hosted && own.Transport == DomainTransport.Error && own.MailboxCount == 0
                    && !db.SendAsGrants.Any(g => g.DomainId == own.Id || g.DomainId == d.Id) && !db.Addresses.Any(a => a.DomainId == own.Id && a.MembersMaySend)),
                CheckedAt = (DateTime?)d.DnsCheck!.CheckedAt, Stored = (string?)d.DnsCheck.Content, MayChange = permitted.Any(p => p.Id == d.Id),
            }).FirstOrDefaultAsync(ct);
        if (found is null) return null;

        var values = await settings.ReadAsync(ct);
        var keys = await db.DkimKeys.AsNoTracking().Where(k => k.Domain!.Name == name && k.State != DkimKeyState.Retired).OrderBy(k => k.Selector).ToListAsync(ct);
        var readers = await ReadersAsync(name, found.Target, ct);
        var domain = new DomainDns
        {
            Name = name,
            Zone = DnsPlan.ZonesOf(name).Where(z => z.Value == zone).DefaultIfEmpty(name).First(),
            Use = found.Kind == DomainKind.Relay ? DomainUse.Relay : found.IsSilent ? DomainUse.Nothing : DomainUse.Mail,
            Dmarc = found.DmarcStep,
            MtaSts = found.MtaSts,
            Keys = [.. keys.Select(DkimRows.Published)],
            DmarcReports = readers.Contains(DmarcReader) ? EmailAddress.Parse($"{DmarcReader}@{name.Value}") : null,
            TlsReports = readers.Contains(TlsReader) ? EmailAddress.Parse($"{TlsReader}@{name.Value}") : null,
        };
        var stored = StoredCheck.Read(found.Stored);
        return new DnsPlan(found.Kind, domain, ServerDnsSettings.Read(values) is { } server ? server with { KeyDigest = stored.KeyDigest } : null, values["relayhost"] is "none" ? null : values["relayhost"])
        {
            Version = found.Version,
            CheckedAt = found.CheckedAt,
            Stored = stored,
            MayChange = found.MayChange,
        };
    }

    // An alias domain has the addresses of its target.
    private async Task<HashSet<string>> ReadersAsync(DomainName name, DomainName? target, CancellationToken ct)
    {
        IReadOnlyList<string> addresses = [.. ((string[])[DmarcReader, TlsReader]).SelectMany(local => (string[])[$"{local}@{name.Value}", $"{local}@{(target ?? name).Value}"]).Distinct()];
        var there = await db.Addresses.Where(a => addresses.Contains(a.Address) && a.IsActive && a.Kind != AddressKind.Recycled).Select(a => a.Address).ToListAsync(ct);
        return [.. there.Select(a => a[..a.IndexOf('@', StringComparison.Ordinal)])];
    }
}
