using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dns.Spf;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Platform.Dns;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>Looks for the records of a domain at all its name servers, and writes down what is there. It leaves no audit entry: nobody decided anything.</summary>
public sealed class CheckDomainDns(AdminDb db, DnsRows rows, DnsQuery query)
{
    public sealed record Input
    {
        /// <summary>Of any kind.</summary>
        public required DomainName Domain { get; init; }
    }

    public async Task<Outcome<IReadOnlyList<CheckedRecord>>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        using var dns = query.Begin(ct);
        return await RunAsync(input, dns, actor, ct);
    }

    /// <param name="dns">Of many domains that are checked one after the other.</param>
    internal async Task<Outcome<IReadOnlyList<CheckedRecord>>> RunAsync(Input input, DnsInquiry dns, Actor actor, CancellationToken ct)
    {
        var id = await db.Domains.PermittedTo(actor, DomainPermissions.Dns).Where(d => d.Name == input.Domain).Select(d => (long?)d.Id).FirstOrDefaultAsync(ct);
        if (id is not { } domainId || await rows.FindAsync(input.Domain, zone: null, actor, ct) is not { } plan) return Outcome.NotFound<IReadOnlyList<CheckedRecord>>();
        if (plan.Server is null) return Outcome.Refused<IReadOnlyList<CheckedRecord>>(MailServerSettings.ShapeProblem(SettingCatalogue.Find("host_name")!, null)!);

        // No transaction is open while strangers' servers are asked.
        var found = await CheckRecords.RunAsync(plan, dns, ct);
        var name = input.Domain.Value;
        var zone = await Zone.SecurityOfAsync(dns, name);
        var spf = plan.Records.Any(r => r.Purpose == RecordPurpose.Spf) ? await new SpfBudget(new ResolverLookup(dns)).OfAsync(name, ct) : null;
        return await db.InTransactionAsync(async token =>
        {
            // Renamed or deleted while they were asked: what was found is of another name.
            if (!await db.LockDomainAsync(domainId, token) || !await db.Domains.AnyAsync(d => d.Id == domainId && d.Name == input.Domain && d.Kind != DomainKind.Recycled, token)) return Outcome.NotFound<IReadOnlyList<CheckedRecord>>();

            var now = db.UtcNow;
            var stored = await db.DomainDnsChecks.FirstOrDefaultAsync(c => c.DomainId == domainId, token);
            var records = DnsHistory.Add(StoredCheck.Read(stored?.Content).Records, found, now);
            if (stored is null) db.DomainDnsChecks.Add(stored = new DomainDnsCheck { DomainId = domainId, Content = "" });
            (stored.CheckedAt, stored.WrongCount, stored.Content) = (now, DnsHistory.WrongCount(records), new StoredCheck { Security = zone, Spf = spf, Records = records }.Write());
            return Outcome.Done(found);
        }, duplicate: null, ct);
    }
}
