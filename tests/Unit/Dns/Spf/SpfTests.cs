using System.Net;
using AdminPanel.Web.Features.Dns.Spf;
using Xunit;

namespace AdminPanel.Tests.Unit.Dns.Spf;

/// <summary>RFC 7208: what a record allows, what it costs, and what is wrong with it. Addresses and names are those of its own examples where it has some.</summary>
public sealed class SpfTests
{
    private const string Hosts = "192.0.2.129";

    /// <summary>The zone of RFC 7208 appendix A, without its own SPF record.</summary>
    private static readonly string[] AppendixA =
    [
        "example.com MX mail-a.example.com", "example.com MX mail-b.example.com", "example.com A 192.0.2.10", "example.com A 192.0.2.11",
        "amy.example.com A 192.0.2.65", "bob.example.com A 192.0.2.66", "mail-a.example.com A 192.0.2.129", "mail-b.example.com A 192.0.2.130", "www.example.com A 192.0.2.10",
        "example.org MX mail-c.example.org", "mail-c.example.org A 192.0.2.140",
        "192.0.2.10 PTR example.com", "192.0.2.65 PTR amy.example.com", "192.0.2.140 PTR mail-c.example.org",
    ];

    private static Task<SpfVerdict> CheckAsync(string ip, string domain, params string[] zone) =>
        new SpfCheck(new TestZone(zone), new(IPAddress.Parse(ip), $"strong-bad@{domain}", "mx.example.com")).RunAsync(domain, default);

    [Theory]
    [InlineData("v=spf1 +all", "203.0.113.9", SpfResult.Pass)]
    [InlineData("v=spf1 a -all", "192.0.2.10", SpfResult.Pass)]
    [InlineData("v=spf1 a -all", "192.0.2.65", SpfResult.Fail)]
    [InlineData("v=spf1 a:example.org -all", "192.0.2.10", SpfResult.Fail)]
    [InlineData("v=spf1 mx -all", Hosts, SpfResult.Pass)]
    [InlineData("v=spf1 mx -all", "192.0.2.10", SpfResult.Fail)]
    [InlineData("v=spf1 mx:example.org -all", "192.0.2.140", SpfResult.Pass)]
    [InlineData("v=spf1 mx mx:example.org ~all", "192.0.2.141", SpfResult.SoftFail)]
    [InlineData("v=spf1 mx/30 mx:example.org/30 -all", "192.0.2.131", SpfResult.Pass)]
    [InlineData("v=spf1 mx/30 mx:example.org/30 -all", "192.0.2.143", SpfResult.Pass)]
    [InlineData("v=spf1 mx/30 mx:example.org/30 -all", "192.0.2.144", SpfResult.Fail)]
    [InlineData("v=spf1 ptr -all", "192.0.2.65", SpfResult.Pass)]
    [InlineData("v=spf1 ptr -all", "192.0.2.140", SpfResult.Fail)]
    [InlineData("v=spf1 ip4:192.0.2.128/28 -all", Hosts, SpfResult.Pass)]
    [InlineData("v=spf1 ip4:192.0.2.128/28 -all", "192.0.2.65", SpfResult.Fail)]
    [InlineData("v=spf1 ip6:2001:db8::/32 ?all", "2001:db8::10", SpfResult.Pass)]
    [InlineData("v=spf1 ip6:2001:db8::/32 ?all", "2001:db9::10", SpfResult.Neutral)]
    [InlineData("V=SPF1 MX -ALL", Hosts, SpfResult.Pass)]
    [InlineData("v=spf1 mx", "192.0.2.65", SpfResult.Neutral)]
    [InlineData("v=spf1 mx unknown=modifier -all", Hosts, SpfResult.Pass)]
    public async Task A_sender_is_judged_as_the_RFC_has_it(string record, string ip, SpfResult result) =>
        Assert.Equal(result, (await CheckAsync(ip, "example.com", [.. AppendixA, $"example.com TXT {record}", "example.com TXT some-site-verification=1"])).Result);

    [Theory]
    [InlineData("v=spf1 mxx -all", "mxx")]
    [InlineData("v=spf1 -all mx:", "mx:")]
    [InlineData("v=spf1 ip4:192.0.2.256 -all", "ip4:192.0.2.256")]
    [InlineData("v=spf1 ip4:192.0.2 -all", "ip4:192.0.2")]
    [InlineData("v=spf1 ip4:192.0.2.0/33", "ip4:192.0.2.0/33")]
    [InlineData("v=spf1 ip4:192.0.2.0/024", "ip4:192.0.2.0/024")]
    [InlineData("v=spf1 ip6:192.0.2.1", "ip6:192.0.2.1")]
    [InlineData("v=spf1 a/24/64", "a/24/64")]
    [InlineData("v=spf1 include -all", "include")]
    [InlineData("v=spf1 exists:%{x}.example.com", "exists:%{x}.example.com")]
    [InlineData("v=spf1 redirect=a.example redirect=b.example", "redirect=b.example")]
    [InlineData("v=spf1 all:example.com", "all:example.com")]
    public async Task A_term_that_is_wrong_anywhere_is_an_error_and_is_named(string record, string term)
    {
        var verdict = await CheckAsync(Hosts, "example.com", [.. AppendixA, $"example.com TXT {record}"]);

        Assert.Equal((SpfResult.PermError, term), (verdict.Result, verdict.Reason));
    }

    [Fact]
    public async Task Two_records_are_an_error_and_none_is_none()
    {
        Assert.Equal(SpfResult.PermError, (await CheckAsync(Hosts, "example.com", "example.com TXT v=spf1 -all", "example.com TXT v=spf1 mx -all")).Result);
        Assert.Equal(SpfResult.None, (await CheckAsync(Hosts, "example.com", "example.com TXT v=spf10 -all")).Result);
    }

    [Theory]
    [InlineData("v=spf1 +all", SpfResult.Pass)]
    [InlineData("v=spf1 -all", SpfResult.Fail)]
    [InlineData("v=spf1 ?all", SpfResult.Fail)]
    [InlineData("v=spf1 mxx", SpfResult.PermError)]
    [InlineData("no record", SpfResult.PermError)]
    public async Task An_include_matches_only_what_passes_there(string there, SpfResult result) =>
        Assert.Equal(result, (await CheckAsync(Hosts, "example.com", "example.com TXT v=spf1 include:other.example -all", $"other.example TXT {there}")).Result);

    [Fact]
    public async Task A_redirect_goes_on_where_nothing_matched_and_not_after_all()
    {
        Assert.Equal(SpfResult.SoftFail, (await CheckAsync(Hosts, "example.com", "example.com TXT v=spf1 redirect=other.example", "other.example TXT v=spf1 ~all")).Result);
        Assert.Equal(SpfResult.Fail, (await CheckAsync(Hosts, "example.com", "example.com TXT v=spf1 redirect=other.example -all")).Result);
        Assert.Equal(SpfResult.PermError, (await CheckAsync(Hosts, "example.com", "example.com TXT v=spf1 redirect=absent.example")).Result);
    }

    [Fact]
    public async Task The_eleventh_lookup_is_an_error_and_the_tenth_is_not()
    {
        string[] zone = [.. Enumerable.Range(1, 11).Select(n => $"h{n}.example A 203.0.113.{n}")];
        string Record(int count) => "example.com TXT v=spf1 " + string.Join(' ', Enumerable.Range(1, count).Select(n => $"a:h{n}.example")) + " ip4:192.0.2.129 -all";

        var ten = await CheckAsync(Hosts, "example.com", [.. zone, Record(10)]);
        Assert.Equal((SpfResult.Pass, 10), (ten.Result, ten.Lookups));
        var eleven = await CheckAsync(Hosts, "example.com", [.. zone, Record(11)]);
        Assert.Equal((SpfResult.PermError, "a:h11.example"), (eleven.Result, eleven.Reason));
    }

    [Fact]
    public async Task The_third_answer_with_nothing_in_it_is_an_error()
    {
        Assert.Equal(SpfResult.Fail, (await CheckAsync(Hosts, "example.com", "example.com TXT v=spf1 a:x.example a:y.example -all")).Result);
        Assert.Equal((SpfResult.PermError, "a:z.example"), await EndAsync("v=spf1 a:x.example a:y.example a:z.example -all"));
    }

    [Fact]
    public async Task A_record_that_includes_itself_ends()
    {
        var verdict = await CheckAsync(Hosts, "example.com", "example.com TXT v=spf1 include:example.com -all");

        Assert.Equal(SpfResult.PermError, verdict.Result);
        Assert.True((await new SpfBudget(new TestZone("example.com TXT v=spf1 include:example.com -all")).OfAsync("example.com", default)).Lookups > SpfCheck.LookupLimit);
    }

    [Fact]
    public async Task More_than_ten_mail_servers_behind_one_mx_are_an_error() =>
        Assert.Equal(SpfResult.PermError, (await CheckAsync(Hosts, "example.com", [.. Enumerable.Range(1, 11).Select(n => $"example.com MX m{n}.example"), "example.com TXT v=spf1 mx -all"])).Result);

    [Theory]
    [InlineData("example.com TXT FAIL")]
    [InlineData("other.example TXT FAIL")]
    [InlineData("h.example A FAIL")]
    public async Task A_name_server_that_is_away_is_no_verdict(string failing) =>
        Assert.Equal(SpfResult.TempError, (await CheckAsync(Hosts, "example.com", failing, "other.example TXT v=spf1 -all", "example.com TXT v=spf1 include:other.example a:h.example -all")).Result);

    /// <summary>The expansions of RFC 7208 section 7.4, for strong-bad@email.example.com from 192.0.2.3 and 2001:db8::cb01.</summary>
    [Theory]
    [InlineData("%{s}", "strong-bad@email.example.com", "192.0.2.3")]
    [InlineData("%{o}", "email.example.com", "192.0.2.3")]
    [InlineData("%{d4}", "email.example.com", "192.0.2.3")]
    [InlineData("%{d2}", "example.com", "192.0.2.3")]
    [InlineData("%{d1}", "com", "192.0.2.3")]
    [InlineData("%{dr}", "com.example.email", "192.0.2.3")]
    [InlineData("%{d2r}", "example.email", "192.0.2.3")]
    [InlineData("%{l-}", "strong.bad", "192.0.2.3")]
    [InlineData("%{lr-}", "bad.strong", "192.0.2.3")]
    [InlineData("%{l1r-}", "strong", "192.0.2.3")]
    [InlineData("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com", "192.0.2.3")]
    [InlineData("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com", "192.0.2.3")]
    [InlineData("%{ir}.%{v}._spf.%{d2}", "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com", "2001:db8::cb01")]
    public async Task A_macro_stands_for_what_the_RFC_says(string spec, string name, string ip)
    {
        var zone = new TestZone($"email.example.com TXT v=spf1 exists:{spec} -all", $"{name} A 127.0.0.2");

        var verdict = await new SpfCheck(zone, new(IPAddress.Parse(ip), "strong-bad@email.example.com", "mx.example.com")).RunAsync("email.example.com", default);

        Assert.Equal((SpfResult.Pass, $"A {name}"), (verdict.Result, zone.Asked[^1]));
    }

    [Fact]
    public async Task Each_include_says_what_it_costs()
    {
        var cost = await new SpfBudget(new TestZone(
            "example.com TXT v=spf1 mx include:one.example include:two.example a:gone.example -all include:never.example", "example.com MX mx1.host.net",
            "one.example TXT v=spf1 include:deep.example ip4:192.0.2.1 ~all", "deep.example TXT v=spf1 a:h.example exists:%{i}.example ?all", "h.example A 192.0.2.1", "h.example AAAA 2001:db8::1",
            "two.example TXT v=spf1 ip4:198.51.100.0/24 ~all")).OfAsync("example.com", default);

        Assert.Equal((7, 1, 4), (cost.Lookups, cost.Voids, cost.Own));
        Assert.Equal([("include:one.example", 3), ("include:two.example", 0)], cost.Inside.Select(c => (c.Term!, c.Lookups)));
        Assert.True(cost.IsReadable);
        Assert.False((await new SpfBudget(new TestZone()).OfAsync("example.com", default)).IsReadable);
    }

    /// <summary>Records are written by strangers: none may do more than be wrong.</summary>
    [Fact]
    public async Task Ten_thousand_random_records_end_in_a_verdict()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        string[] parts = ["mx", "a", "ptr", "include:", "exists:", "redirect=", "exp=", "ip4:", "ip6:", "192.0.2.1", "::1", "/", "//", "24", "example.com", "%{", "}", "i", "d2r", "%%", "%", "-", "~", "?", "+", "all", " ", " ", "=", ":", ".", "ü", "\0", "{"];
        for (var i = 0; i < 10_000; i++)
        {
            var record = "v=spf1 " + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            var verdict = await CheckAsync(Hosts, "example.com", $"example.com TXT {record}");
            Assert.True(verdict.Lookups <= SpfCheck.LookupLimit + 1 && Enum.IsDefined(verdict.Result), $"seed {seed}: {record}");
        }
    }

    private static async Task<(SpfResult Result, string? Reason)> EndAsync(string record)
    {
        var verdict = await CheckAsync(Hosts, "example.com", $"example.com TXT {record}");
        return (verdict.Result, verdict.Reason);
    }
}
