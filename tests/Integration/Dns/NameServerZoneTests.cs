using System.Net;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Platform.Dns;
using Xunit;

namespace AdminPanel.Tests.Integration.Dns;

/// <summary>
/// A domain whose second name server has its zone, does not have it, or has one that does not load, and one whose zone is
/// signed well or badly: each at real name servers, through libunbound and the panel's own check.
/// </summary>
public sealed class NameServerZoneTests : IAsyncLifetime
{
    private const string Domain = "own.example";
    private const string Mx = "@ MX 10 mx.host.example.";

    private static readonly ServerDns Mail = new()
    {
        HostName = DomainName.Parse("mx.host.example"),
        Addresses = [IPAddress.Parse("192.0.2.25")],
        Services = [],
        WebHost = DomainName.Parse("mx.host.example"),
    };

    private NameServer first = null!;
    private NameServer second = null!;

    [NameServerFact]
    public async Task Both_servers_have_the_zone()
    {
        await second.WriteZoneAsync(Domain, [first.Address, second.Address], Mx);

        Assert.Equal([$"{Name(first)} right", $"{Name(second)} right"], await MxAsync(null));
    }

    [NameServerFact]
    public async Task A_lame_server_is_named_with_what_it_says()
    {
        // It answers, for another zone, and refuses this one; libunbound tells a refusal as a failure.
        await second.WriteZoneAsync("another.example", [second.Address]);

        Assert.Equal([$"{Name(first)} right", $"{Name(second)} failed: the server fails (SERVFAIL)"], await MxAsync(null));
    }

    [NameServerFact]
    public async Task A_server_whose_zone_does_not_load_is_named_with_what_it_says()
    {
        await second.WriteBrokenZoneAsync(Domain, [first.Address, second.Address]);

        Assert.Equal([$"{Name(first)} right", $"{Name(second)} failed: the server fails (SERVFAIL)"], await MxAsync(null));
    }

    [NameServerTheory]
    [InlineData(false, "Secure")]
    [InlineData(true, "Bogus")]
    public async Task A_signed_zone_is_believed_while_its_signatures_hold(bool isOver, string security)
    {
        var anchor = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(anchor, await first.WriteSignedZoneAsync(Domain, [first.Address], isOver, Mx));
            using (var dns = Begin(anchor)) Assert.Equal(security, (await Zone.SecurityOfAsync(dns, Domain)).ToString());

            var line = Assert.Single(await MxAsync(anchor));
            // Badly signed, not even the names of its servers are believed.
            Assert.StartsWith(isOver ? " failed: validation failure <own.example. " : $"{Name(first)} right", line, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(anchor);
        }
    }

    public async Task InitializeAsync()
    {
        if (Requirement.NameServer.Repair is not null) return;

        (first, second) = (await NameServer.StartAsync(), await NameServer.StartAsync());
        await first.WriteZoneAsync("host.example", [first.Address], "mx A 192.0.2.25");
        await first.WriteZoneAsync(Domain, [first.Address, second.Address], Mx);
    }

    public async Task DisposeAsync()
    {
        if (first is null) return;

        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    private DnsInquiry Begin(string? anchor) => new DnsQuery(first.Address.ToString(), anchor).Begin(default);

    private string Name(NameServer server) => $"ns{(server == first ? 0 : 1)}.{Domain} ({server.Address})";

    /// <summary>What each server of the domain says of its MX, in a line each.</summary>
    private async Task<IReadOnlyList<string>> MxAsync(string? anchor)
    {
        var name = DomainName.Parse(Domain);
        using var dns = Begin(anchor);
        var all = await CheckRecords.RunAsync(new DnsPlan(DomainKind.Hosted, new DomainDns { Name = name, Zone = name }, Mail, null), dns, default);
        return [.. all.Single(c => c.Record.Purpose == RecordPurpose.Mx).Sightings
            .Select(s => $"{s.Server} {s.Verdict.ToString().ToLowerInvariant()}{(s.Verdict == RecordVerdict.Failed ? $": {string.Join(' ', s.Found)}" : "")}").Order(StringComparer.Ordinal)];
    }
}
