using System.Net;
using System.Text;
using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Platform.Dns;
using Xunit;

namespace AdminPanel.Tests.Unit.Dns;

/// <summary>Answers as they come over the wire, judged by what they mean.</summary>
public sealed class RecordJudgeTests
{
    [Theory]
    [InlineData("v=DMARC1; p=none", RecordVerdict.Right)]
    [InlineData("v=DMARC1;p=none;", RecordVerdict.Right)]
    [InlineData("v=DMARC1; p=reject; rua=mailto:a@b.example", RecordVerdict.Enough)]
    [InlineData("v=DMARC1; p=never", RecordVerdict.Different)]
    [InlineData("p=none; v=DMARC1", RecordVerdict.Missing)]
    [InlineData("v=spf1 -all", RecordVerdict.Missing)]
    public void DMARC_is_its_tags(string text, RecordVerdict expected) => Assert.Equal(expected, Judge(RecordPurpose.Dmarc, new RecordData.Txt("v=DMARC1; p=none"), Txt(text)));

    [Fact]
    public void Two_records_that_exclude_each_other_are_several_and_strangers_beside_it_are_nothing()
    {
        Assert.Equal(RecordVerdict.Several, Judge(RecordPurpose.Dmarc, new RecordData.Txt("v=DMARC1; p=none"), Txt("v=DMARC1; p=none"), Txt("v=DMARC1; p=reject")));
        Assert.Equal(RecordVerdict.Right, Judge(RecordPurpose.Dmarc, new RecordData.Txt("v=DMARC1; p=none"), Txt("google-site-verification=x"), Txt("v=DMARC1; p=none")));
        Assert.Equal(RecordVerdict.Several, Judge(RecordPurpose.Dkim, new RecordData.Txt("v=DKIM1; k=rsa; p=QUJD"), Txt("p=QUJD"), Txt("p=QUJE")));
    }

    [Fact]
    public void A_key_in_parts_is_one_key() =>
        Assert.Equal(RecordVerdict.Right, Judge(RecordPurpose.Dkim, new RecordData.Txt("v=DKIM1; k=rsa; h=sha256; p=QUJD"), [.. Txt("v=DKIM1; p=QU"), .. Txt("JD")]));

    [Fact]
    public void Mail_that_goes_elsewhere_is_wrong_and_a_second_host_is_not()
    {
        var wanted = new RecordData.Mx(10, "mx.example.org.");
        Assert.Equal(RecordVerdict.Right, Judge(RecordPurpose.Mx, wanted, Mx(5, "MX.example.org")));
        Assert.Equal(RecordVerdict.Enough, Judge(RecordPurpose.Mx, wanted, Mx(10, "mx.example.org"), Mx(20, "b.example.org")));
        Assert.Equal(RecordVerdict.Different, Judge(RecordPurpose.Mx, wanted, Mx(0, "")));
        Assert.Equal(RecordVerdict.Missing, Judge(RecordPurpose.Mx, wanted));
        Assert.Equal(RecordVerdict.Right, Judge(RecordPurpose.NullMx, new RecordData.Mx(0, "."), Mx(0, "")));
    }

    [Fact]
    public void Services_names_addresses_and_authorities_are_compared_by_what_they_say()
    {
        Assert.Equal(RecordVerdict.Right, Judge(RecordPurpose.Service, new RecordData.Srv(0, 1, 993, "mx.example.org."), [0, 9, 0, 9, 3, 0xe1, .. Name("mx.example.org")]));
        Assert.Equal(RecordVerdict.Different, Judge(RecordPurpose.Service, new RecordData.Srv(0, 1, 993, "mx.example.org."), [0, 0, 0, 1, 0, 143, .. Name("mx.example.org")]));
        Assert.Equal(RecordVerdict.Right, Judge(RecordPurpose.ServiceNotOffered, new RecordData.Srv(0, 0, 0, "."), [0, 0, 0, 0, 0, 0, 0]));
        Assert.Equal(RecordVerdict.Right, Judge(RecordPurpose.Autoconfig, new RecordData.Cname("mx.example.org."), Name("mx.example.org")));
        Assert.Equal(RecordVerdict.Right, Judge(RecordPurpose.HostAddress, new RecordData.Address(IPAddress.Parse("192.0.2.1")), [192, 0, 2, 9], [192, 0, 2, 1]));
        Assert.Equal(RecordVerdict.Right, Judge(RecordPurpose.Caa, new RecordData.Caa(0, "issue", "letsencrypt.org"), [0, 5, .. Encoding.ASCII.GetBytes("issueletsencrypt.org; validationmethods=dns-01")]));
        Assert.Equal(RecordVerdict.Different, Judge(RecordPurpose.Caa, new RecordData.Caa(0, "issue", "letsencrypt.org"), [0, 5, .. Encoding.ASCII.GetBytes("issueother.example")]));
        Assert.Equal(RecordVerdict.Right, Judge(RecordPurpose.Tlsa, new RecordData.Tlsa(new string('0', 64)), [3, 1, 1, .. new byte[32]]));
    }

    /// <summary>Octets of a server that means no good: cut short, without an end, with names that nobody can have.</summary>
    [Theory]
    [InlineData(RecordType.Mx)]
    [InlineData(RecordType.Srv)]
    [InlineData(RecordType.Txt)]
    [InlineData(RecordType.Cname)]
    [InlineData(RecordType.Caa)]
    [InlineData(RecordType.Tlsa)]
    [InlineData(RecordType.A)]
    public void No_octets_break_it(RecordType type)
    {
        RecordData wanted = type switch
        {
            RecordType.Mx => new RecordData.Mx(10, "mx.example.org."),
            RecordType.Srv => new RecordData.Srv(0, 1, 993, "mx.example.org."),
            RecordType.Txt => new RecordData.Txt("v=DMARC1; p=none"),
            RecordType.Cname => new RecordData.Cname("mx.example.org."),
            RecordType.Caa => new RecordData.Caa(0, "issue", "letsencrypt.org"),
            RecordType.Tlsa => new RecordData.Tlsa(new string('0', 64)),
            _ => new RecordData.Address(IPAddress.Loopback),
        };
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var octets = new byte[random.Next(0, 40)];
            random.NextBytes(octets);
            Assert.NotEqual(RecordVerdict.Failed, Judge(RecordPurpose.Dmarc, wanted, octets));
        }
    }

    [Fact]
    public void What_is_not_answered_or_not_to_be_believed_is_no_record()
    {
        foreach (var status in (DnsStatus[])[DnsStatus.Failed, DnsStatus.Bogus])
            Assert.Equal(RecordVerdict.Failed, RecordJudge.Of(Wanted(RecordPurpose.Mx, new RecordData.Mx(10, "mx.example.org.")), new DnsAnswer(status, [], "why")).Verdict);
    }

    private static RecordVerdict Judge(RecordPurpose purpose, RecordData wanted, params byte[][] found) =>
        RecordJudge.Of(Wanted(purpose, wanted), new DnsAnswer(found.Length == 0 ? DnsStatus.NoData : DnsStatus.Found, found)).Verdict;

    private static DnsRecord Wanted(RecordPurpose purpose, RecordData data) => new(purpose, RecordNeed.Required, RecordPlace.Domain, "example.org.", "example.org.", data);

    private static byte[] Txt(string text) => [(byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Mx(byte preference, string host) => [0, preference, .. Name(host)];

    private static byte[] Name(string name) => [.. name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];
}
