using System.Net;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.Dns.Spf;
using AdminPanel.Web.Platform.Dns;
using Xunit;

namespace AdminPanel.Tests.Integration.Dns;

/// <summary>What is right by itself and leads to something wrong, at a real name server that is its own resolver.</summary>
public sealed class DnsCheckedTests : IAsyncLifetime
{
    private const string Domain = "own.example";

    private static readonly ServerDns Mail = new()
    {
        HostName = DomainName.Parse("mx.host.example"),
        Addresses = [IPAddress.Parse("192.0.2.25")],
        Services = [new("_imaps", 993, IsPreferred: true)],
        WebHost = DomainName.Parse("mx.host.example"),
    };

    private NameServer server = null!;

    [NameServerFact]
    public async Task MX_and_SRV_must_not_lead_to_an_alias()
    {
        await server.WriteZoneAsync("host.example", [server.Address], "mx CNAME real", "real A 192.0.2.25");
        await server.WriteZoneAsync(Domain, [server.Address], "@ MX 10 mx.host.example.", "_imaps._tcp SRV 0 1 993 mx.host.example.");

        var found = await CheckAsync();

        Assert.Equal((RecordVerdict.Alias, "mx.host.example. CNAME real.host.example."), Of(found, RecordPurpose.Mx));
        Assert.Equal((RecordVerdict.Alias, "mx.host.example. CNAME real.host.example."), Of(found, RecordPurpose.Service));
    }

    [NameServerFact]
    public async Task Reports_go_to_another_domain_where_that_wants_them()
    {
        await server.WriteZoneAsync(Domain, [server.Address], "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@sub.own.example,mailto:b@reports.example!10m; ruf=mailto:c@reports.example\"");
        await server.WriteZoneAsync("reports.example", [server.Address]);
        Assert.Equal((RecordVerdict.Unwelcome, "own.example._report._dmarc.reports.example. TXT \"v=DMARC1\""), Of(await CheckAsync(), RecordPurpose.Dmarc));

        await server.WriteZoneAsync("reports.example", [server.Address], "*._report._dmarc TXT \"v=DMARC1;\"");
        Assert.Equal(RecordVerdict.Enough, Of(await CheckAsync(), RecordPurpose.Dmarc).Verdict);
    }

    [NameServerFact]
    public async Task Addresses_in_the_place_of_an_alias_are_good_if_they_are_its_own()
    {
        await server.WriteZoneAsync(Domain, [server.Address], "autoconfig A 192.0.2.25", "autodiscover A 198.51.100.7");

        var found = await CheckAsync();

        Assert.Equal([("autoconfig.own.example.", RecordVerdict.Enough), ("autodiscover.own.example.", RecordVerdict.Proxied)], found.Where(f => f.Record.Type == RecordType.Cname).Select(f => (f.Record.Name, f.Verdict)));
    }

    /// <summary>The switch at the DNS host that is meant for web pages, at the name of the mail server: each record that it breaks says so.</summary>
    [NameServerFact]
    public async Task A_proxy_at_the_name_of_the_mail_server_breaks_all_that_leads_there()
    {
        await server.WriteZoneAsync("host.example", [server.Address], "mx A 198.51.100.7", "mx TXT \"v=spf1 a -all\"");
        await server.WriteZoneAsync("2.0.192.in-addr.arpa", [server.Address], "25 PTR mx.host.example.");
        await server.WriteZoneAsync(Domain, [server.Address], "@ MX 10 mx.host.example.", "@ TXT \"v=spf1 mx -all\"", "_imaps._tcp SRV 0 1 993 mx.host.example.", "_dmarc TXT \"v=DMARC1; p=reject\"", "autoconfig CNAME mx.host.example.");

        var found = await CheckAsync();

        Assert.Equal(
            [RecordPurpose.Mx, RecordPurpose.Spf, RecordPurpose.Service, RecordPurpose.HostAddress, RecordPurpose.ReverseName, RecordPurpose.HeloSpf],
            found.Where(f => f.Verdict == RecordVerdict.Elsewhere).Select(f => f.Record.Purpose));
        Assert.Equal((RecordVerdict.Elsewhere, "mx.host.example. A 198.51.100.7"), Of(found, RecordPurpose.Mx));
        Assert.Equal((RecordVerdict.Elsewhere, "198.51.100.7"), Of(found, RecordPurpose.HostAddress));
        // Web pages pass through a proxy.
        Assert.Equal(RecordVerdict.Right, Of(found, RecordPurpose.Autoconfig).Verdict);

        // Named by its own address it may send, whatever its name leads to.
        await server.WriteZoneAsync(Domain, [server.Address], "@ TXT \"v=spf1 ip4:192.0.2.25 -all\"");
        Assert.Equal(RecordVerdict.Enough, Of(await CheckAsync(), RecordPurpose.Spf).Verdict);
    }

    /// <summary>Inside a network its own name servers often give the server's private address.</summary>
    [NameServerFact]
    public async Task An_address_of_the_own_network_is_no_proxy()
    {
        await server.WriteZoneAsync("host.example", [server.Address], "mx A 10.1.2.3");
        await server.WriteZoneAsync(Domain, [server.Address], "@ MX 10 mx.host.example.");

        Assert.Equal(RecordVerdict.Right, Of(await CheckAsync(), RecordPurpose.Mx).Verdict);
    }

    [NameServerFact]
    public async Task An_SPF_record_costs_what_each_of_its_includes_costs()
    {
        await server.WriteZoneAsync(Domain, [server.Address], "@ TXT \"v=spf1 mx include:one.own.example include:two.own.example -all\"", "@ MX 10 mx.host.example.",
            "one TXT \"v=spf1 a:nobody.own.example exists:nothing.own.example -all\"", "two TXT \"v=spf1 include:three.own.example a:mx.host.example -all\"", "three TXT \"v=spf1 a:none.own.example -all\"");
        using var dns = Begin();

        var cost = await new SpfBudget(new ResolverLookup(dns)).OfAsync(Domain, default);

        Assert.Equal(
            [(0, (string?)null, 8, 4), (1, "include:one.own.example", 2, 2), (1, "include:two.own.example", 3, 2), (2, "include:three.own.example", 1, 1)],
            cost.Walk().Select(c => (c.Depth, c.Cost.Term, c.Cost.Lookups, c.Cost.Voids)));
        Assert.True(cost.IsOver);
    }

    [NameServerFact]
    public async Task Another_SPF_record_is_merged_with_what_is_needed()
    {
        await server.WriteZoneAsync(Domain, [server.Address], "@ TXT \"v=spf1 ip4:198.51.100.7 ~all\"", "@ TXT \"v=spf1 include:_spf.other.example -all\"");
        var found = (await CheckAsync()).Single(f => f.Record.Purpose == RecordPurpose.Spf);
        var stored = DnsHistory.Add([], [found], DateTime.UtcNow).Single();

        Assert.Equal(RecordVerdict.Several, found.Verdict);
        Assert.Equal("v=spf1 include:_spf.other.example ip4:198.51.100.7 mx ~all", new ShownRecord(found.Record, stored).Merged);
    }

    [NameServerFact]
    public async Task A_zone_is_signed_or_not_or_signed_badly()
    {
        var anchor = await server.WriteSignedZoneAsync("signed.example", [server.Address], isOver: false, "@ TXT \"x\"") + await server.WriteSignedZoneAsync("over.example", [server.Address], isOver: true, "@ TXT \"x\"");
        await server.WriteZoneAsync("plain.example", [server.Address]);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, anchor);
            using var dns = new DnsQuery(server.Address.ToString(), file).Begin(default);
            var seen = new List<(string, ZoneSecurity)>();
            foreach (var name in (string[])["signed.example", "shop.signed.example", "over.example", "plain.example"]) seen.Add((name, await Zone.SecurityOfAsync(dns, name)));

            Assert.Equal([("signed.example", ZoneSecurity.Secure), ("shop.signed.example", ZoneSecurity.Secure), ("over.example", ZoneSecurity.Bogus), ("plain.example", ZoneSecurity.Insecure)], seen);
            using var unasked = Begin();
            Assert.Equal(ZoneSecurity.Unknown, await Zone.SecurityOfAsync(unasked, "signed.example"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    public async Task InitializeAsync()
    {
        if (Requirement.NameServer.Repair is not null) return;

        server = await NameServer.StartAsync();
        await server.WriteZoneAsync("host.example", [server.Address], "mx A 192.0.2.25");
    }

    public async Task DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    private DnsInquiry Begin() => new DnsQuery(server.Address.ToString(), null).Begin(default);

    private async Task<IReadOnlyList<CheckedRecord>> CheckAsync()
    {
        var name = DomainName.Parse(Domain);
        using var dns = Begin();
        return await CheckRecords.RunAsync(new DnsPlan(DomainKind.Hosted, new DomainDns { Name = name, Zone = name }, Mail, null), dns, default);
    }

    private static (RecordVerdict Verdict, string Found) Of(IReadOnlyList<CheckedRecord> all, RecordPurpose purpose)
    {
        var sighting = Assert.Single(all.Single(c => c.Record.Purpose == purpose).Sightings);
        return (sighting.Verdict, string.Join(' ', sighting.Found));
    }
}
