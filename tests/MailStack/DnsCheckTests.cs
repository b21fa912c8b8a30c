using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>What the panel says is published at two real name servers, and looked for there: as it says, and in the ways in which people get it wrong.</summary>
public sealed class DnsCheckTests(AppliedServer server) : IClassFixture<AppliedServer>, IAsyncLifetime
{
    private const string Host = "host.example";
    private const string Reverse = "33.22.11.in-addr.arpa";

    private readonly string domain = MailData.NewDomain();
    private NameServer first = null!;
    private NameServer second = null!;

    private sealed record Line(string Zone, string FullName, string Type, string Value, string ZoneFileValue, string Need, string Purpose);

    [SigningFact]
    public async Task What_is_published_as_the_panel_says_is_right_everywhere()
    {
        var lines = await PrepareAsync();
        await PublishAsync(lines);

        var (status, results) = await CheckAsync();

        Assert.All(results, r => Assert.Equal((r.Name, "right"), (r.Name, r.Verdict)));
        Assert.Equal((0, lines.Count), (status, results.Count));
    }

    [SigningFact]
    public async Task What_people_get_wrong_is_named_and_what_does_the_same_is_good()
    {
        var lines = await PrepareAsync();
        Line Of(string purpose) => lines.First(l => l.Purpose.Equals(purpose, StringComparison.OrdinalIgnoreCase));
        var (spf, dmarc, mx, helo) = (Of("Spf"), Of("Dmarc"), Of("Mx"), Of("helo_spf"));

        // Another text with the same meaning, a stricter policy, a second host.
        await PublishAsync([
            .. lines.Except([spf, dmarc, mx]), spf with { ZoneFileValue = "\"v=spf1 include:also.{0} ~all\"".Replace("{0}", domain, StringComparison.Ordinal) },
            spf with { FullName = $"also.{domain}.", ZoneFileValue = "\"v=spf1 ip4:11.22.33.0/24 -all\"" }, dmarc with { ZoneFileValue = "\"p=reject ; v=DMARC1\" " }, mx, mx with { ZoneFileValue = "20 backup.elsewhere.example." }]);
        var good = await CheckAsync();
        Assert.Equal(("enough", "enough"), (good.Of("Spf"), good.Of("Mx")));
        // v= must come first: nobody reads this one.
        Assert.Equal("missing", good.Of("Dmarc"));
        await PublishAsync([.. lines.Except([dmarc]), dmarc with { ZoneFileValue = "\"v=DMARC1;p=reject\"" }]);
        Assert.Equal((0, "enough"), (await CheckAsync() is var strict ? strict.Status : 3, strict.Of("Dmarc")));

        // An SPF record beside another, one that does not let this server send, DMARC under the doubled name, mail that goes elsewhere.
        await PublishAsync([
            .. lines.Except([spf, dmarc, mx, helo]), spf, spf with { ZoneFileValue = "\"v=spf1 -all\"" }, dmarc with { FullName = $"_dmarc.{domain}.{domain}." },
            mx with { ZoneFileValue = "10 old.elsewhere.example." }, helo with { ZoneFileValue = "\"v=spf1 ip4:198.51.100.7 -all\"" }]);
        var bad = await CheckAsync();
        Assert.Equal((1, "several", "doubled", "different", "different"), (bad.Status, bad.Of("Spf"), bad.Of("Dmarc"), bad.Of("Mx"), bad.Of("helo_spf")));

        // One of two servers does not know yet.
        await PublishAsync(lines);
        await PublishAsync([.. lines.Except([dmarc])], [second]);
        Assert.Equal("missing", (await CheckAsync()).Of("Dmarc"));

        // What was found before is remembered, the latest first.
        var (_, history, _) = await PanelAsync($"dns history {domain} --json");
        using var past = JsonDocument.Parse(history);
        Assert.Equal(["missing", "doubled", "enough", "missing"], past.RootElement.EnumerateArray().Where(p => p.GetProperty("purpose").GetString() == "dmarc").Select(p => p.GetProperty("verdict").GetString()));

        // And one is away.
        await second.DisposeAsync();
        var away = await CheckAsync();
        Assert.Equal((1, "failed"), (away.Status, away.Of("Mx")));
    }

    public async Task InitializeAsync()
    {
        if (Requirement.Signing.Repair is null) (first, second) = (await NameServer.StartAsync(), await NameServer.StartAsync());
    }

    public async Task DisposeAsync()
    {
        if (first is null) return;

        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    private async Task<IReadOnlyList<Line>> PrepareAsync()
    {
        await server.OpenAsync();
        await new MailData().Domain(domain).Alias($"tlsrpt@{domain}", ["x@elsewhere.example"]).WriteAsync(await TrialInstance.Shared);
        Assert.Equal(0, (await PanelAsync($"dkim generate {domain} --selector s1")).Status);
        var (status, output, errors) = await PanelAsync($"dns show {domain} --json");
        Assert.True(status == 0, errors);
        return Lines(output);
    }

    private static IReadOnlyList<Line> Lines(string json) => JsonSerializer.Deserialize<IReadOnlyList<Line>>(json, JsonSerializerOptions.Web)!;

    private async Task PublishAsync(IReadOnlyList<Line> lines, IReadOnlyList<NameServer>? servers = null)
    {
        foreach (var at in servers ?? [first, second])
        {
            foreach (var zone in (string[])[domain, Host, Reverse])
            {
                await at.WriteZoneAsync(zone, [first.Address, second.Address], [.. lines.Where(l => l.FullName.EndsWith($"{zone}.", StringComparison.Ordinal)).Select(l => $"{l.FullName} {l.Type} {l.ZoneFileValue}")]);
            }
        }
    }

    private async Task<Checked> CheckAsync()
    {
        var (status, output, errors) = await PanelAsync($"dns check {domain} --json");
        Assert.True(status is 0 or 1, errors);
        using var json = JsonDocument.Parse(output);
        return new Checked(status, [.. json.RootElement.GetProperty("records").EnumerateArray().Select(r => (r.GetProperty("record").GetProperty("purpose").GetString()!, r.GetProperty("record").GetProperty("fullName").GetString()!, r.GetProperty("verdict").GetString()!))]);
    }

    private sealed record Checked(int Status, IReadOnlyList<(string Purpose, string Name, string Verdict)> Results)
    {
        public string Of(string purpose) => Results.First(r => r.Purpose.Equals(purpose, StringComparison.OrdinalIgnoreCase)).Verdict;
    }

    private Task<(int Status, string Output, string Errors)> PanelAsync(string command) =>
        server.PanelAsync($"{command} --Dns:Resolver={first.Address} --Dns:TrustAnchor=none", $"HOST_NAME=mx.{Host} PUBLIC_ADDRESSES=11.22.33.44 CERTIFICATE_AUTHORITIES=letsencrypt.org");
}
