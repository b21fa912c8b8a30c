using System.Net;
using System.Security.Cryptography;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Benchmarks;

/// <summary>Looking for all records of a domain, and of 500, at two name servers of this host; and the same where the second one says nothing.</summary>
internal static class DnsBenchmark
{
    private const int Domains = 500;
    private const int Singles = 20;
    private const int AtOnce = 8;
    private const string HostZone = "host.example";
    private const string ReverseZone = "33.22.11.in-addr.arpa";

    private static readonly ServerDns Server = new()
    {
        HostName = DomainName.Parse($"mx.{HostZone}"),
        Addresses = [IPAddress.Parse("11.22.33.44")],
        Services = [.. ((string[])["_submissions", "_submission", "_imaps", "_imap", "_pop3s", "_pop3", "_sieve"]).Select((label, i) => new OfferedService(label, 1000 + i, IsPreferred: true))],
        WebHost = DomainName.Parse($"mx.{HostZone}"),
        CertificateAuthorities = ["letsencrypt.org"],
    };

    public static async Task RunAsync()
    {
        await using var first = await NameServer.StartAsync();
        await using var second = await NameServer.StartAsync();
        var plans = Enumerable.Range(0, Domains).Select(Plan).ToList();
        var records = plans.SelectMany(p => p.Records).ToLookup(ZoneOf, r => $"{r.Name} {r.TypeName} {r.Data.ZoneText}");
        foreach (var server in (NameServer[])[first, second]) await server.WriteZonesAsync(records.Select(zone => zone.Key), [first.Address, second.Address], zone => [.. records[zone].Distinct()]);

        var query = new DnsQuery(first.Address.ToString(), null);
        List<double> single = [];
        // The first one compiles what the others run.
        for (var i = 0; i <= Singles; i++) single.Add(await CheckAsync(query, [plans[i]]));
        Figures.Print($"one domain, {plans[0].Records.Count} records at two servers (median of {Singles})", Figures.Median(single.Skip(1)), "ms");
        Figures.Print($"{Domains} domains", await CheckAsync(query, plans) / 1000, "s");

        await second.DisposeAsync();
        Figures.Print("one domain, one of its two servers says nothing", await CheckAsync(query, [plans[0]], isSilent: true) / 1000, "s");
        Figures.Print($"{Domains} domains, one of their two servers says nothing", await CheckAsync(query, plans, isSilent: true) / 1000, "s");
    }

    private static DnsPlan Plan(int number)
    {
        var name = DomainName.Parse($"customer-{number:000}.example");
        var domain = new DomainDns { Name = name, Zone = name, Keys = [new PublishedKey("s2026a", DkimAlgorithm.Rsa, RandomNumberGenerator.GetBytes(294), Required: true, "active")], TlsReports = EmailAddress.Parse($"tlsrpt@{name.Value}") };
        return new DnsPlan(DomainKind.Hosted, domain, Server, null);
    }

    private static string ZoneOf(DnsRecord record) => record.Place == RecordPlace.Domain ? record.Zone.TrimEnd('.') : record.Type == RecordType.Ptr ? ReverseZone : HostZone;

    private static Task<double> CheckAsync(DnsQuery query, IReadOnlyList<DnsPlan> plans, bool isSilent = false) => Figures.MillisecondsAsync(async () =>
    {
        using var dns = query.Begin(CancellationToken.None);
        await Parallel.ForEachAsync(plans, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (plan, ct) =>
        {
            var results = await CheckRecords.RunAsync(plan, dns, ct);
            // The resolver is the first of them, and knows no reverse name without asking the other.
            if (results.Where(r => r.Record.Type != RecordType.Ptr).FirstOrDefault(r => isSilent ? r.Verdict != RecordVerdict.Failed : r.Verdict != RecordVerdict.Right) is { } wrong)
                throw new InvalidOperationException($"{wrong.Record.Name} {wrong.Record.TypeName}: {wrong.Verdict}");
        });
    });
}
