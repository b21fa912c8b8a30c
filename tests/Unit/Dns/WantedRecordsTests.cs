using System.Security.Cryptography;
using System.Text.RegularExpressions;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dns;
using Xunit;

namespace AdminPanel.Tests.Unit.Dns;

/// <summary>Which records a domain needs, and what stands in them, by the RFCs' own words.</summary>
public sealed partial class WantedRecordsTests
{
    private static IEnumerable<string> Lines(DomainDns domain, ServerDns? server = null) =>
        WantedRecords.Of(domain, server ?? DnsExamples.Server).Select(r => $"{r.Name} {r.TypeName} {r.Data.Text}");

    [Fact]
    public void A_hosted_domain_needs_the_worked_set_and_nothing_else()
    {
        var rsa = Convert.ToBase64String(DnsExamples.Rsa.PublicKey);
        var digest = DnsExamples.Server.KeyDigest;

        Assert.Equal(
        [
            "example.org. MX 10 mx1.host.net.",
            "example.org. TXT v=spf1 mx -all",
            $"s2026a._domainkey.example.org. TXT v=DKIM1; k=rsa; h=sha256; p={rsa}",
            "e2026a._domainkey.example.org. TXT v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            "_dmarc.example.org. TXT v=DMARC1; p=none; sp=none; np=reject; rua=mailto:dmarc@reports.host.net",
            "example.org._report._dmarc.reports.host.net. TXT v=DMARC1",
            "_smtp._tls.example.org. TXT v=TLSRPTv1; rua=mailto:tlsrpt@reports.host.net",
            "mta-sts.example.org. CNAME mx1.host.net.",
            "_mta-sts.example.org. TXT v=STSv1; id=ID",
            "_submissions._tcp.example.org. SRV 0 1 465 mx1.host.net.",
            "_submission._tcp.example.org. SRV 0 1 587 mx1.host.net.",
            "_imaps._tcp.example.org. SRV 0 1 993 mx1.host.net.",
            "_imap._tcp.example.org. SRV 0 0 0 .",
            "_pop3s._tcp.example.org. SRV 0 0 0 .",
            "_pop3._tcp.example.org. SRV 0 0 0 .",
            "_sieve._tcp.example.org. SRV 0 1 4190 mx1.host.net.",
            "autoconfig.example.org. CNAME mx1.host.net.",
            "autodiscover.example.org. CNAME mx1.host.net.",
            "_autodiscover._tcp.example.org. SRV 0 1 443 mx1.host.net.",
            "example.org. CAA 0 issue \"letsencrypt.org\"",
            "mx1.host.net. A 192.0.2.10",
            "mx1.host.net. AAAA 2001:db8::10",
            "10.2.0.192.in-addr.arpa. PTR mx1.host.net.",
            "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR mx1.host.net.",
            "mx1.host.net. TXT v=spf1 a -all",
            $"_25._tcp.mx1.host.net. TLSA 3 1 1 {digest}",
        ], Lines(DnsExamples.Domain).Select(line => PolicyId().Replace(line, "id=ID")));
    }

    [Fact]
    public void A_domain_that_sends_nothing_says_so_three_times()
    {
        Assert.Equal(
        [
            "example.org. MX 0 .",
            "example.org. TXT v=spf1 -all",
            "_dmarc.example.org. TXT v=DMARC1; p=reject",
            "*._domainkey.example.org. TXT v=DKIM1; p=",
        ], Lines(DnsExamples.Named("example.org") with { Use = DomainUse.Nothing }));
    }

    [Fact]
    public void A_relay_domain_has_its_mail_brought_here_and_nothing_of_its_own_changed()
    {
        var records = WantedRecords.Of(DnsExamples.Named("example.org") with { Use = DomainUse.Relay }, DnsExamples.Server);

        Assert.Equal(["example.org. MX 10 mx1.host.net."], records.Where(r => r.Place == RecordPlace.Domain).Select(r => $"{r.Name} {r.TypeName} {r.Data.Text}"));
    }

    [Fact]
    public void What_nobody_reads_is_not_asked_for()
    {
        var records = WantedRecords.Of(DnsExamples.Named("example.org"), DnsExamples.Server);

        Assert.Equal("v=DMARC1; p=none; sp=none; np=reject", records.Single(r => r.Purpose == RecordPurpose.Dmarc).Data.Text);
        Assert.DoesNotContain(records, r => r.Purpose is RecordPurpose.TlsReports or RecordPurpose.ReportPermission or RecordPurpose.MtaSts);
    }

    [Theory]
    [InlineData("dmarc@example.org")]
    [InlineData("dmarc@reports.example.org")]
    [InlineData("dmarc@org.example")]
    public void Only_a_stranger_has_to_say_that_it_wants_the_reports(string address)
    {
        var records = WantedRecords.Of(DnsExamples.Named("example.org") with { DmarcReports = EmailAddress.Parse(address) }, DnsExamples.Server);

        Assert.Equal(address.EndsWith("example.org", StringComparison.Ordinal), records.All(r => r.Purpose != RecordPurpose.ReportPermission));
    }

    [Theory]
    [InlineData("a!b@example.org", "mailto:a%21b@example.org")]
    [InlineData("dmarc+org@example.org", "mailto:dmarc%2Borg@example.org")]
    [InlineData("grüße@example.org", "mailto:gr%C3%BC%C3%9Fe@example.org")]
    public void An_address_in_a_record_ends_where_it_should(string address, string uri)
    {
        var records = WantedRecords.Of(DnsExamples.Named("example.org") with { DmarcReports = EmailAddress.Parse(address) }, DnsExamples.Server);

        Assert.EndsWith($"; rua={uri}", records.Single(r => r.Purpose == RecordPurpose.Dmarc).Data.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_is_tried_out_says_so_by_t_and_never_by_pct()
    {
        var text = DmarcRecordText.Of(DnsExamples.Named("example.org") with { Dmarc = DmarcStep.QuarantineTest });

        Assert.Equal("v=DMARC1; p=quarantine; sp=quarantine; np=reject; t=y", text);
    }

    [Fact]
    public void A_name_with_umlauts_is_published_in_a_labels()
    {
        Assert.All(Lines(DnsExamples.Named("bücher.example")), line => Assert.DoesNotContain('ü', line));
        Assert.Contains("xn--bcher-kva.example. MX 10 mx1.host.net.", Lines(DnsExamples.Named("bücher.example")));
    }

    [Theory]
    [InlineData("example.org", "example.org", "@", "_dmarc", "_imaps._tcp")]
    [InlineData("mail.example.org", "example.org", "mail", "_dmarc.mail", "_imaps._tcp.mail")]
    public void A_form_that_adds_the_zone_gets_the_name_without_it(string domain, string zone, string own, string dmarc, string imaps)
    {
        var records = WantedRecords.Of(DnsExamples.Named(domain, zone), DnsExamples.Server);

        Assert.Equal(own, records.Single(r => r.Purpose == RecordPurpose.Mx).RelativeName);
        Assert.Equal(dmarc, records.Single(r => r.Purpose == RecordPurpose.Dmarc).RelativeName);
        Assert.Equal(imaps, records.Single(r => r.Subject == "_imaps").RelativeName);
    }

    [Theory]
    [InlineData("mx1.host.net", "host.net.", "mx1")]
    [InlineData("mail.example.org", "example.org.", "mail")]
    [InlineData("a.mail.example.org", "example.org.", "a.mail")]
    [InlineData("host.example", "host.example.", "@")]
    public void The_server_stands_in_the_domains_zone_or_in_that_above_its_name(string host, string zone, string relative)
    {
        var record = WantedRecords.Of(DnsExamples.Domain, DnsExamples.Server with { HostName = DomainName.Parse(host) }).Single(r => r.Purpose == RecordPurpose.HeloSpf);

        Assert.Equal((zone, relative), (record.Zone, record.RelativeName));
    }

    [Fact]
    public void A_text_is_one_string_for_a_form_and_strings_of_255_for_a_zone_file()
    {
        var data = (RecordData.Txt)WantedRecords.Of(DnsExamples.Domain, DnsExamples.Server).Single(r => r.Subject == "s2026a").Data;

        Assert.Equal(28 + 392, data.Text.Length);
        Assert.Equal([255, 165], data.Strings.Select(s => s.Length));
        Assert.Equal(data.Text, string.Concat(data.Strings));
        Assert.Equal($"\"{data.Text[..255]}\" \"{data.Text[255..]}\"", data.ZoneText);
    }

    [Fact]
    public void A_quotation_mark_or_a_backslash_ends_no_string() => Assert.Equal("\"a\\\"b\\\\c\"", new RecordData.Txt("a\"b\\c").ZoneText);

    [Fact]
    public void A_revoked_key_keeps_its_name_and_loses_its_value() =>
        Assert.Equal("v=DKIM1; p=", DkimRecordText.Of(new PublishedKey("old", DkimAlgorithm.Rsa, [], Required: false, "revoked")));

    /// <summary>A key that the runtime exports reads back from the record: the octets are the SubjectPublicKeyInfo, in Base64 without breaks.</summary>
    [Fact]
    public void An_RSA_record_holds_the_key_as_others_read_it()
    {
        using var rsa = RSA.Create(2048);
        var text = DkimRecordText.Of(DnsExamples.Rsa with { PublicKey = rsa.ExportSubjectPublicKeyInfo() });

        using var read = RSA.Create();
        read.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text[(text.IndexOf("p=", StringComparison.Ordinal) + 2)..]), out _);
        Assert.Equal(rsa.ExportParameters(false).Modulus, read.ExportParameters(false).Modulus);
    }

    [Fact]
    public void The_policy_on_TLS_is_what_RFC_8461_wants_and_its_id_changes_with_it_alone()
    {
        var mx = DomainName.Parse("mx1.host.net");
        var testing = MtaStsPolicy.Text(MtaStsMode.Testing, mx);
        var enforce = MtaStsPolicy.Text(MtaStsMode.Enforce, mx);

        Assert.Equal("version: STSv1\r\nmode: testing\r\nmx: mx1.host.net\r\nmax_age: 86400\r\n", testing);
        Assert.Equal("version: STSv1\r\nmode: enforce\r\nmx: mx1.host.net\r\nmax_age: 1209600\r\n", enforce);
        Assert.Matches("^[0-9a-z]{1,32}$", MtaStsPolicy.Id(testing));
        Assert.Equal(MtaStsPolicy.Id(testing), MtaStsPolicy.Id(MtaStsPolicy.Text(MtaStsMode.Testing, mx)));
        Assert.NotEqual(MtaStsPolicy.Id(testing), MtaStsPolicy.Id(enforce));
    }

    [Fact]
    public void No_name_is_both_a_CNAME_and_something_else()
    {
        var byName = WantedRecords.Of(DnsExamples.Domain, DnsExamples.Server).GroupBy(r => r.Name);

        Assert.All(byName.Where(g => g.Any(r => r.Type == RecordType.Cname)), g => Assert.Single(g));
    }

    [GeneratedRegex("id=[0-9a-z]{20}$")]
    private static partial Regex PolicyId();
}
