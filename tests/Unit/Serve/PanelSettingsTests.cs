using System.Net;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Platform;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace AdminPanel.Tests.Unit.Serve;

/// <summary>Which settings the panel starts with, and what it says about the others.</summary>
public sealed class PanelSettingsTests
{
    [Theory]
    [InlineData("http://localhost:8080", "the default")]
    [InlineData("http://127.0.0.1:8080", "loopback")]
    [InlineData("http://127.8.8.8:8080", "all of 127/8 is loopback")]
    [InlineData("http://[::1]:8080", "loopback of IPv6")]
    [InlineData("http://unix:/run/adminpanel/panel.sock", "a socket is of this machine")]
    public void Plain_http_stays_on_this_machine(string listen, string why)
    {
        var settings = Read(("Panel:Listen", listen));

        Assert.True(settings.Listen.Count == 1, why);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080", "all addresses")]
    [InlineData("http://[::]:8080", "all addresses of IPv6")]
    [InlineData("http://*:8080", "any host")]
    [InlineData("http://+:8080", "any host")]
    [InlineData("http://192.0.2.1:8080", "an address of a network")]
    [InlineData("http://panel.example.org:8080", "a name may be any address")]
    [InlineData("http://localhost.example.org:8080", "begins like localhost")]
    [InlineData("http://127.0.0.1:8080, http://0.0.0.0:8081", "the second of two")]
    [InlineData("http://[::ffff:192.0.2.1]:8080", "an IPv4 address in IPv6 clothes")]
    public void Plain_http_to_a_network_is_refused(string listen, string why)
    {
        var refusal = Assert.Throws<SettingException>(() => Read(("Panel:Listen", listen)));

        Assert.True(refusal.Message.Contains("in clear over the network", StringComparison.Ordinal), $"{why}: {refusal.Message}");
    }

    [Fact]
    public void A_named_proxy_allows_it_with_the_address_that_people_type()
    {
        var settings = Read(("Panel:Listen", "http://0.0.0.0:8080"), ("Panel:Proxy", "10.0.0.5, 10.1.0.0/16"), ("Panel:Url", "https://panel.example.org/"));

        Assert.Equal("https://panel.example.org", settings.Url);
        Assert.True(settings.IsSecure);
        Assert.True(settings.Trusts(IPAddress.Parse("10.0.0.5")));
        Assert.True(settings.Trusts(IPAddress.Parse("::ffff:10.1.200.3")));
        Assert.False(settings.Trusts(IPAddress.Parse("10.0.0.6")));
        Assert.False(settings.Trusts(IPAddress.Loopback));
    }

    [Theory]
    [InlineData("Panel:Listen=ftp://localhost:21", "write an address as")]
    [InlineData("Panel:Listen=localhost", "write an address as")]
    [InlineData("Panel:Listen=https://0.0.0.0:8443", "name its certificate")]
    [InlineData("Panel:Proxy=10.0.0.5", "name the address that people type")]
    [InlineData("Panel:Proxy=proxy.example.org;Panel:Url=https://panel.example.org", "write an address or a network")]
    [InlineData("Panel:Proxy=10.0.0.5;Panel:Url=http://panel.example.org", "must reach the panel over https")]
    [InlineData("Panel:Url=panel.example.org", "write it as https://")]
    [InlineData("Panel:Url=https://panel.example.org/admin", "with no path")]
    [InlineData("Panel:SessionIdle=soon", "hours:minutes:seconds")]
    [InlineData("Panel:SessionLimit=-01:00:00", "hours:minutes:seconds")]
    public void What_cannot_be_meant_is_refused_with_its_repair(string settings, string repair)
    {
        var pairs = settings.Split(';').Select(s => s.Split('=', 2)).Select(p => (p[0], p[1])).ToArray();

        var refusal = Assert.Throws<SettingException>(() => Read(pairs));

        Assert.Contains(repair, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_proxy_nobodys_forwarded_headers_are_believed()
    {
        var settings = Read();

        Assert.False(settings.Trusts(IPAddress.Loopback));
        Assert.False(settings.Trusts(null));
        Assert.False(settings.IsSecure);
        Assert.Equal("http://localhost:8080", settings.Url);
    }

    private static PanelSettings Read(params (string Key, string Value)[] settings) => PanelSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());
}
