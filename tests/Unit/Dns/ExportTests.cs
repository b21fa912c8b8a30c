using System.Globalization;
using System.Text.Json;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Platform;
using Xunit;

namespace AdminPanel.Tests.Unit.Dns;

/// <summary>The same records for a name server, for two providers' APIs, for a program that reads tables, and for a person.</summary>
public sealed class ExportTests
{
    private static readonly IReadOnlyList<DnsRecord> Records = WantedRecords.Of(DnsExamples.Domain, DnsExamples.Server);

    private static string Text(string format, DomainDns? domain = null) =>
        DnsExport.Find(format)!.Text(domain ?? DnsExamples.Domain, WantedRecords.Of(domain ?? DnsExamples.Domain, DnsExamples.Server));

    private static JsonElement Json(string format) => JsonDocument.Parse(Text(format)).RootElement;

    [Fact]
    public void A_zone_file_has_what_stands_in_the_zone_and_names_the_rest()
    {
        Assert.Equal(
            """
            $ORIGIN example.org.
            @ 3600 IN MX 10 mx1.host.net.

            ; In the zone host.net.
            ; mx1.host.net.          3600 IN A    192.0.2.10
            ; mx1.host.net.          3600 IN AAAA 2001:db8::10
            ; mx1.host.net.          3600 IN TXT  "v=spf1 a -all"
            ; _25._tcp.mx1.host.net. 3600 IN TLSA 3 1 1 DIGEST

            ; In the zone 2.0.192.in-addr.arpa.
            ; 10.2.0.192.in-addr.arpa. 3600 IN PTR mx1.host.net.

            ; In the zone 0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.
            ; 0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. 3600 IN PTR mx1.host.net.

            """.Replace("DIGEST", DnsExamples.Server.KeyDigest, StringComparison.Ordinal),
            Text("bind", DnsExamples.Named("example.org") with { Use = DomainUse.Relay }));
    }

    /// <summary>named-checkzone is BIND's own reader. A zone needs SOA and NS, which whoever keeps it has.</summary>
    [ZoneCheckerTheory]
    [InlineData("example.org", "example.org", DomainUse.Mail)]
    [InlineData("shop.example.org", "example.org", DomainUse.Mail)]
    [InlineData("bücher.example", "bücher.example", DomainUse.Mail)]
    [InlineData("host.net", "host.net", DomainUse.Mail)]
    [InlineData("example.org", "example.org", DomainUse.Nothing)]
    [InlineData("example.org", "example.org", DomainUse.Relay)]
    public async Task BIND_reads_the_zone_file_and_finds_every_record(string name, string zone, DomainUse use)
    {
        var domain = DnsExamples.Named(name, zone) with { Use = use, Keys = [DnsExamples.Rsa, DnsExamples.Ed25519], MtaSts = MtaStsMode.Enforce, TlsReports = DnsExamples.Domain.TlsReports };
        var directory = Directory.CreateTempSubdirectory("zone").FullName;
        try
        {
            var (file, read) = (Path.Combine(directory, "zone"), Path.Combine(directory, "read"));
            await File.WriteAllTextAsync(file, "$TTL 60\n@ IN SOA ns hostmaster 1 3600 600 604800 60\n@ IN NS ns\nns IN A 192.0.2.53\n" + Text("bind", domain));

            var answer = await Programs.RunAsync("named-checkzone", ["-i", "local", "-k", "fail", "-m", "fail", "-M", "fail", "-n", "fail", "-S", "fail", "-f", "text", "-F", "text", "-s", "full", "-o", read, domain.Zone.Value, file], TimeSpan.FromSeconds(20), default);

            Assert.True(answer.Status == 0, answer.Said);
            var wanted = WantedRecords.Of(domain, DnsExamples.Server).Where(r => r.Zone == domain.Zone.Value + ".").Select(r => Line(r.Name, r.Ttl, r.TypeName, r.Data.ZoneText));
            var found = (await File.ReadAllLinesAsync(read)).Select(l => l.Split(['\t', ' '], 5, StringSplitOptions.RemoveEmptyEntries)).Select(p => $"{p[0]} {p[1]} {p[3]} {Plain(p[4])}");
            Assert.Equal(wanted.Order(StringComparer.Ordinal), found.Where(l => !l.Contains(" SOA ", StringComparison.Ordinal) && !l.Contains(" NS ", StringComparison.Ordinal) && !l.StartsWith("ns.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Line(string name, int ttl, string type, string data) => string.Create(CultureInfo.InvariantCulture, $"{name} {ttl} {type} {Plain(data)}");

    // A digest is written in groups and capitals by BIND.
    private static string Plain(string data) => data.StartsWith("3 1 1 ", StringComparison.Ordinal) ? "3 1 1 " + data[6..].Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() : data;

    [Fact]
    public void Cloudflare_gets_every_record_of_the_zone_and_proxies_none()
    {
        var posts = Json("cloudflare").GetProperty("posts").EnumerateArray().ToList();

        Assert.Equal(Records.Where(r => r.Zone == "example.org.").Select(r => (r.TypeName, r.Name)), posts.Select(p => (p.GetProperty("type").GetString()!, p.GetProperty("name").GetString() + ".")));
        Assert.All(posts.Where(p => p.TryGetProperty("proxied", out _)), p => Assert.False(p.GetProperty("proxied").GetBoolean()));
    }

    [Theory]
    [InlineData("MX", """{"type":"MX","name":"example.org","ttl":3600,"content":"mx1.host.net","priority":10}""")]
    [InlineData("_imaps", """{"type":"SRV","name":"_imaps._tcp.example.org","ttl":3600,"data":{"priority":0,"weight":1,"port":993,"target":"mx1.host.net"}}""")]
    [InlineData("_imap", """{"type":"SRV","name":"_imap._tcp.example.org","ttl":3600,"data":{"priority":0,"weight":0,"port":0,"target":"."}}""")]
    [InlineData("letsencrypt.org", """{"type":"CAA","name":"example.org","ttl":3600,"data":{"flags":0,"tag":"issue","value":"letsencrypt.org"}}""")]
    [InlineData("autoconfig", """{"type":"CNAME","name":"autoconfig.example.org","ttl":3600,"content":"mx1.host.net","proxied":false}""")]
    [InlineData("SPF", """{"type":"TXT","name":"example.org","ttl":3600,"content":"\"v=spf1 mx -all\""}""")]
    public void Cloudflare_gets_a_record_in_its_own_shape(string record, string json)
    {
        var index = Records.Where(r => r.Zone == "example.org.").ToList().FindIndex(r => record switch
        {
            "MX" => r.Purpose == RecordPurpose.Mx,
            "SPF" => r.Purpose == RecordPurpose.Spf,
            "autoconfig" => r.Purpose == RecordPurpose.Autoconfig,
            _ => r.Subject == record,
        });

        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(json).RootElement, Json("cloudflare").GetProperty("posts")[index]));
    }

    [Fact]
    public void Route_53_gets_one_set_for_each_name_and_type_and_replaces_none()
    {
        var changes = Json("route53").GetProperty("Changes").EnumerateArray().ToList();
        var sets = changes.Select(c => c.GetProperty("ResourceRecordSet")).ToList();

        Assert.All(changes, c => Assert.Equal("CREATE", c.GetProperty("Action").GetString()));
        Assert.Equal(sets.Count, sets.Select(s => (s.GetProperty("Name").GetString(), s.GetProperty("Type").GetString())).Distinct().Count());
        Assert.Equal(
            """{"Name":"_dmarc.example.org.","Type":"TXT","TTL":3600,"ResourceRecords":[{"Value":"\u0022v=DMARC1; p=none; sp=none; np=reject; rua=mailto:dmarc@reports.host.net\u0022"}]}""",
            JsonSerializer.Serialize(sets.Single(s => s.GetProperty("Name").GetString() == "_dmarc.example.org.")));
    }

    [Fact]
    public void Two_authorities_are_two_values_of_one_set()
    {
        var domain = DnsExamples.Named("example.org");
        var records = WantedRecords.Of(domain, DnsExamples.Server with { CertificateAuthorities = ["letsencrypt.org", "sectigo.com"] });
        var sets = JsonDocument.Parse(DnsExport.Find("route53")!.Text(domain, records)).RootElement.GetProperty("Changes").EnumerateArray().Select(c => c.GetProperty("ResourceRecordSet"));

        Assert.Equal(["0 issue \"letsencrypt.org\"", "0 issue \"sectigo.com\""],
            sets.Single(s => s.GetProperty("Type").GetString() == "CAA").GetProperty("ResourceRecords").EnumerateArray().Select(v => v.GetProperty("Value").GetString()));
    }

    [Fact]
    public void A_table_has_a_line_for_every_record_and_its_values_as_they_are()
    {
        var lines = Text("csv").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Records.Count + 1, lines.Length);
        Assert.Equal("zone,name,full_name,type,ttl,value,need,purpose", lines[0]);
        Assert.Equal("example.org.,@,example.org.,MX,3600,10 mx1.host.net.,required,Mail server", lines[1]);
        Assert.Contains("example.org.,@,example.org.,CAA,3600,\"0 issue \"\"letsencrypt.org\"\"\",optional,CAA letsencrypt.org", lines);
    }

    [Theory]
    [InlineData("en", "Mail for bücher.example needs", "Mail server (required)", "  Full name: xn--bcher-kva.example.\n")]
    [InlineData("de", "Mail für bücher.example braucht", "Mailserver (erforderlich)", "  Voller Name: xn--bcher-kva.example.\n")]
    public void A_letter_is_in_the_language_of_whoever_sends_it(string language, params string[] parts)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            var text = Text("text", DnsExamples.Named("bücher.example"));

            Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
            Assert.Equal(1, text.Split("v=spf1 mx -all").Length - 1);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Every_export_ends_its_last_line_and_another_culture_changes_no_byte()
    {
        var plain = DnsExport.All.Select(e => e.Text(DnsExamples.Domain, Records)).ToList();
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR") { NumberFormat = { NumberGroupSeparator = "'", NegativeSign = "~" } };
            Assert.Equal(plain, DnsExport.All.Select(e => e.Text(DnsExamples.Domain, Records)));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
        Assert.All(plain, text => Assert.EndsWith("\n", text, StringComparison.Ordinal));
    }
}
