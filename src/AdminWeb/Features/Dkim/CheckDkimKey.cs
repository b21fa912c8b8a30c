using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Platform.Dns;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>Looks whether a key's record is at all name servers of its domain, and writes that down. It leaves no audit entry: nobody decided anything.</summary>
public sealed class CheckDkimKey(AdminDb db, DnsQuery query)
{
    public sealed record Input
    {
        public long Id { get; init; }
    }

    /// <param name="IsSeen">The right record, and nothing else, at every one of them.</param>
    public sealed record Report(string Selector, bool IsSeen, IReadOnlyList<RecordSighting> Sightings);

    public async Task<Outcome<Report>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        using var dns = query.Begin(ct);
        return await RunAsync(input, dns, actor, ct);
    }

    /// <param name="dns">Of many keys that are looked for one after the other.</param>
    internal async Task<Outcome<Report>> RunAsync(Input input, DnsInquiry dns, Actor actor, CancellationToken ct)
    {
        var allowed = db.Domains.WithKeys(actor);
        var key = await db.DkimKeys.AsNoTracking().Include(k => k.Domain).FirstOrDefaultAsync(k => k.Id == input.Id && allowed.Any(d => d.Id == k.DomainId), ct);
        if (key is null) return Outcome.NotFound<Report>();

        // No transaction is open while strangers' servers are asked.
        var sightings = await CheckRecords.OfDomainAsync(DkimRows.Record(key), key.Domain!.Name, dns, ct);
        var isSeen = sightings.All(s => s.Verdict == RecordVerdict.Right);
        return await db.InTransactionAsync(async token =>
        {
            var now = db.UtcNow;
            var stored = await db.DkimKeys.FirstOrDefaultAsync(k => k.Id == input.Id, token);
            // One of another domain's name: renamed while they were asked.
            if (stored is null || !await db.Domains.AnyAsync(d => d.Id == stored.DomainId && d.Name == key.Domain.Name, token)) return Outcome.NotFound<Report>();

            stored.CheckedAt = now;
            stored.Sightings = StoredJson.Write(sightings);
            if (isSeen) stored.SeenAt = now;
            return Outcome.Done(new Report(key.Selector, isSeen, sightings));
        }, duplicate: null, ct);
    }
}
