using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Platform.Dns;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace AdminPanel.Tests.Integration.Dns;

/// <summary>
/// Policies on TLS fetched from a real web server, whose name is at a real name server. Whoever adds a domain chooses what
/// the panel asks: it must neither wait nor read for ever, nor ask what only its own network sees.
/// </summary>
public sealed class PolicyCheckTests : IAsyncLifetime
{
    private const string Domain = "own.example";
    private const string Host = $"mta-sts.{Domain}";
    private const string Wanted = "version: STSv1\r\nmode: enforce\r\nmx: mx.host.example\r\nmax_age: 1209600\r\n";

    /// <summary>The first 20 hexadecimal digits of sha256sum(1) over the text above.</summary>
    private const string Id = "e42f5819550e188d09a0";

    private readonly TestAuthority authority = TestAuthority.Create();
    private readonly string authorities = Path.GetTempFileName();
    private NameServer names = null!;

    [NameServerTheory]
    [InlineData(Wanted)]
    [InlineData("max_age:1209600\nmx:  MX.host.example\nextra: 1\nmode: enforce\nversion: STSv1")]
    [InlineData("version: STSv1\nmode: enforce\nmode: none\nmx: mx.host.example\nmx: mx.host.example\nmax_age: 1209600\n")]
    public async Task The_same_policy_in_any_words_is_right(string text) => Assert.Equal((PolicyVerdict.Right, text), await FoundAsync(Plain(text)));

    [NameServerTheory]
    [InlineData("version: STSv1\nmode: testing\nmx: mx.host.example\nmax_age: 1209600\n")]
    [InlineData("version: STSv1\nmode: enforce\nmx: *.host.example\nmax_age: 1209600\n")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.host.example\nmx: b.host.example\nmax_age: 1209600\n")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.host.example\nmax_age: 86400\n")]
    public async Task Another_policy_is_different(string text) => Assert.Equal((PolicyVerdict.Different, text), await FoundAsync(Plain(text)));

    [NameServerTheory]
    [InlineData("", "version")]
    [InlineData("<html>", "<html>")]
    [InlineData("version: STSv2\nmode: enforce\nmx: mx.host.example\nmax_age: 1", "version")]
    [InlineData("version: STSv1\nmode: always\nmx: mx.host.example\nmax_age: 1", "mode")]
    [InlineData("version: STSv1\nmode: enforce\nmax_age: 1", "mx")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.host.example", "max_age")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.host.example\nmax_age: 31557601", "max_age")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx host\nmax_age: 1", "mx: mx host")]
    public async Task A_text_that_is_no_policy_is_named_with_what_is_wrong_in_it(string text, string detail)
    {
        var finding = await CheckAsync(Plain(text));

        Assert.Equal((PolicyVerdict.Unreadable, detail), (finding.Verdict, finding.Detail));
    }

    [NameServerFact]
    public async Task DNS_has_to_announce_the_policy_that_is_served()
    {
        await using var web = await WebAsync(Plain(Wanted));

        await PublishAsync(web.Address, "v=STSv1; id=20200101");
        Assert.Equal((PolicyVerdict.OtherId, "20200101"), await AskAsync() is var other ? (other.Verdict, other.Detail) : default);
        // None and two are for the record's own line to say.
        await PublishAsync(web.Address);
        Assert.Equal(PolicyVerdict.Right, (await AskAsync()).Verdict);
        await PublishAsync(web.Address, "v=STSv1; id=1", "v=STSv1; id=2");
        Assert.Equal(PolicyVerdict.Right, (await AskAsync()).Verdict);
    }

    /// <summary>A redirect is not followed, another status is none, a web page is no policy, and nothing is read without an end or for ever.</summary>
    [NameServerFact]
    public async Task A_web_server_that_means_no_good_is_left_soon()
    {
        Assert.Equal((PolicyVerdict.Redirected, "http://127.0.0.1/secret"), await EndAsync(http => Task.Run(() => http.Response.Redirect("http://127.0.0.1/secret"))));
        Assert.Equal((PolicyVerdict.Refused, "404"), await EndAsync(NotThere));
        Assert.Equal((PolicyVerdict.OtherKind, "text/html"), await EndAsync(Text("text/html", Wanted)));
        Assert.Equal((PolicyVerdict.OtherKind, null), await EndAsync(http => http.Response.Body.WriteAsync("x"u8.ToArray()).AsTask()));
        Assert.Equal(PolicyVerdict.Right, (await EndAsync(Plain(Wanted + "more: " + new string('x', (64 * 1024) - Wanted.Length - 6)))).Verdict);
        Assert.Equal((PolicyVerdict.TooLong, null), await EndAsync(Plain(Wanted + "more: " + new string('x', (64 * 1024) - Wanted.Length - 5))));
        Assert.Equal((PolicyVerdict.TooLong, null), await EndAsync(http => ForEverAsync(http, new string('x', 4096), TimeSpan.Zero)));
        Assert.Equal((PolicyVerdict.Unreachable, "no whole answer within 5 seconds"), await EndAsync(http => ForEverAsync(http, "x", TimeSpan.FromMilliseconds(200))));
        Assert.Equal(PolicyVerdict.Unreachable, (await EndAsync(http =>
        {
            foreach (var i in Enumerable.Range(0, 30)) http.Response.Headers[$"X-{i}"] = new string('x', 1000);
            return Plain(Wanted)(http);
        })).Verdict);
        Assert.Equal((PolicyVerdict.Unreachable, "no whole answer within 5 seconds"), await EndAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted)));
    }

    [NameServerFact]
    public async Task A_certificate_has_to_be_of_the_name_in_time_and_of_an_authority()
    {
        using var stranger = TestAuthority.Create();
        foreach (var certificate in (X509Certificate2[])[authority.Issue("own.example"), authority.Issue(Host, end: -1), stranger.Issue(Host)])
        {
            await using var web = await WebServer.StartAsync(certificate, Plain(Wanted));
            await PublishAsync(web.Address);
            Assert.Equal(PolicyVerdict.Untrusted, (await AskAsync()).Verdict);
            certificate.Dispose();
        }
    }

    /// <summary>A certificate may name a place where the one above it can be fetched: a request that a stranger's server has the panel make, to wherever it likes.</summary>
    [NameServerFact]
    public async Task Nothing_is_fetched_from_where_a_certificate_says()
    {
        using var inside = new TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        using var below = authority.Below();
        using var certificate = below.Issue(Host, extensions: new X509AuthorityInformationAccessExtension(null, [$"http://{inside.LocalEndpoint}/ca.crt"]));
        await using var web = await WebServer.StartAsync(certificate, Plain(Wanted));
        await PublishAsync(web.Address);

        Assert.Equal(PolicyVerdict.Untrusted, (await AskAsync()).Verdict);
        Assert.False(inside.Pending());
    }

    /// <summary>A name below the admin's own domain leads to the panel's host or into its network.</summary>
    [NameServerTheory]
    [InlineData("A", "127.0.0.1")]
    [InlineData("A", "10.1.2.3")]
    [InlineData("A", "169.254.169.254")]
    [InlineData("AAAA", "::1")]
    [InlineData("AAAA", "::ffff:127.0.0.1")]
    [InlineData("AAAA", "fd00::1")]
    [InlineData("AAAA", "64:ff9b::7f00:1")]
    public async Task What_is_not_in_the_internet_is_not_asked_unless_the_host_says_so(string type, string address)
    {
        await names.WriteZoneAsync(Domain, [names.Address], $"mta-sts {type} {address}");

        var finding = await AskAsync(networks: "");

        Assert.Equal((PolicyVerdict.Private, IPAddress.Parse(address).ToString()), (finding.Verdict, finding.Detail));
    }

    [NameServerFact]
    public async Task A_name_without_an_address_and_a_host_without_a_web_server_are_told_apart()
    {
        await names.WriteZoneAsync(Domain, [names.Address]);
        Assert.Equal(PolicyVerdict.NoAddress, (await AskAsync()).Verdict);
        await PublishAsync(NameServer.FreeAddress());
        Assert.Equal(PolicyVerdict.Unreachable, (await AskAsync()).Verdict);
    }

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(authorities, authority.Pem);
        if (Requirement.NameServer.Repair is null) names = await NameServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (names is not null) await names.DisposeAsync();
        authority.Dispose();
        File.Delete(authorities);
    }

    private static RequestDelegate Plain(string text) => Text("text/plain; charset=us-ascii", text);

    private static RequestDelegate Text(string type, string text) => http =>
    {
        http.Response.ContentType = type;
        return http.Request.Path == "/.well-known/mta-sts.txt" && http.Request.Host.Value == Host ? http.Response.WriteAsync(text) : NotThere(http);
    };

    private static Task NotThere(HttpContext http)
    {
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private static async Task ForEverAsync(HttpContext http, string text, TimeSpan pause)
    {
        http.Response.ContentType = "text/plain";
        while (!http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.WriteAsync(text);
            await http.Response.Body.FlushAsync();
            await Task.Delay(pause);
        }
    }

    private async Task<(PolicyVerdict, string?)> FoundAsync(RequestDelegate answer) => await CheckAsync(answer) is var f ? (f.Verdict, f.Found) : default;

    private async Task<(PolicyVerdict Verdict, string?)> EndAsync(RequestDelegate answer) => await CheckAsync(answer) is var f ? (f.Verdict, f.Detail) : default;

    private async Task<PolicyFinding> CheckAsync(RequestDelegate answer)
    {
        await using var web = await WebAsync(answer);
        await PublishAsync(web.Address, $"v=STSv1; id={Id}");
        return await AskAsync();
    }

    private async Task<WebServer> WebAsync(RequestDelegate answer) => await WebServer.StartAsync(authority.Issue(Host), answer);

    private Task PublishAsync(IPAddress web, params string[] announced) => names.WriteZoneAsync(Domain, [names.Address], [$"mta-sts A {web}", .. announced.Select(text => $"_mta-sts TXT \"{text}\"")]);

    private async Task<PolicyFinding> AskAsync(string networks = "127.0.0.0/8")
    {
        var hosts = PolicyHosts.Of(new ConfigurationBuilder().AddInMemoryCollection([new(PolicyHosts.NetworksSetting, networks), new(PolicyHosts.AuthoritiesSetting, authorities)]).Build());
        using var dns = new DnsQuery(names.Address.ToString(), null).Begin(CancellationToken.None);
        return await new PolicyCheck(dns, hosts).OfAsync(DomainName.Parse(Domain), Wanted, CancellationToken.None);
    }
}
