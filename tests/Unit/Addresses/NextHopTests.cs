using AdminPanel.Data.Addresses;
using Xunit;

namespace AdminPanel.Tests.Unit.Addresses;

public sealed class NextHopTests
{
    [Theory]
    [InlineData("mx.example.org", "[mx.example.org]:25")]
    [InlineData(" MX.Example.org:587 ", "[mx.example.org]:587")]
    [InlineData("[mx.example.org]", "[mx.example.org]:25")]
    [InlineData("[mx.example.org]:26", "[mx.example.org]:26")]
    [InlineData("mx.münchen.de", "[mx.xn--mnchen-3ya.de]:25")]
    [InlineData("192.0.2.1", "[192.0.2.1]:25")]
    [InlineData("192.0.2.1:2525", "[192.0.2.1]:2525")]
    [InlineData("2001:DB8::1", "[2001:db8::1]:25")]
    [InlineData("[2001:db8::1]:2525", "[2001:db8::1]:2525")]
    public void A_host_with_or_without_a_port_is_taken(string text, string expected)
    {
        Assert.True(NextHop.TryParse(text, out var hop));
        Assert.Equal(expected, hop.ToString());
        Assert.True(NextHop.TryParse(hop.ToString(), out var again));
        Assert.Equal(hop, again);
    }

    [Theory]
    [InlineData(null, "nothing")]
    [InlineData("", "nothing")]
    [InlineData("localhost", "a name without a dot")]
    [InlineData("mx.example.org:0", "a port below 1")]
    [InlineData("mx.example.org:65536", "a port above 65535")]
    [InlineData("mx.example.org:+25", "a sign")]
    [InlineData("mx.example.org:", "a colon without a port")]
    [InlineData("[mx.example.org]25", "no colon")]
    [InlineData("[mx.example.org", "an open bracket")]
    [InlineData("]mx.example.org[", "brackets the wrong way")]
    [InlineData("1", "a number that a parser takes for an address")]
    [InlineData("0x7f.1", "a spelling of 127.0.0.1")]
    [InlineData("127.1", "a spelling of 127.0.0.1")]
    [InlineData("fe80::1%eth0", "a zone")]
    [InlineData("mx.example.org, smtp:[evil.example]", "two of them")]
    [InlineData("mx.example.org\nrelayhost = x", "a line break")]
    [InlineData("pipe:/bin/sh", "another transport")]
    [InlineData("unix:/run/lmtp", "a socket")]
    [InlineData("mx'.example.org", "a quote")]
    public void Anything_else_is_refused(string? text, string why) => Assert.False(NextHop.TryParse(text, out _), why);
}
