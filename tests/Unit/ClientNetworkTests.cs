using AdminPanel.Data;
using Xunit;

namespace AdminPanel.Tests.Unit;

public sealed class ClientNetworkTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("192.0.2.7/32", "192.0.2.7")]
    [InlineData("192.0.2.0/24", "192.0.2.0/24")]
    [InlineData("192.0.2.7/24", "192.0.2.0/24")]
    [InlineData("10.255.255.255/9", "10.128.0.0/9")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2001:DB8::", "2001:db8::")]
    [InlineData("2001:0db8:0000::0001/128", "2001:db8::1")]
    [InlineData("2001:db8:ffff::/33", "2001:db8:8000::/33")]
    [InlineData("::/0", "::/0")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7/120", "192.0.2.0/24")]
    public void A_network_has_one_spelling(string text, string expected)
    {
        Assert.True(ClientNetwork.TryParse(text, out var network, out _));
        Assert.Equal(expected, network!.ToString());
        Assert.True(ClientNetwork.TryParse(expected, out var again, out _));
        Assert.Equal(expected, again!.ToString());
    }

    [Theory]
    [InlineData("", NetworkFault.Unreadable, "nothing")]
    [InlineData("1", NetworkFault.Unreadable, "a number, which some programs take for 0.0.0.1")]
    [InlineData("10.1", NetworkFault.Unreadable, "half an address")]
    [InlineData("010.0.0.1", NetworkFault.Unreadable, "an octal number to some")]
    [InlineData("0x7f.0.0.1", NetworkFault.Unreadable, "a hexadecimal number")]
    [InlineData("256.0.0.1", NetworkFault.Unreadable, "beyond an octet")]
    [InlineData("192.0.2.0/", NetworkFault.Unreadable, "no prefix after the slash")]
    [InlineData("192.0.2.0/-1", NetworkFault.Unreadable, "a sign")]
    [InlineData("192.0.2.0/+8", NetworkFault.Unreadable, "a sign")]
    [InlineData("192.0.2.0/8/8", NetworkFault.Unreadable, "two prefixes")]
    [InlineData("192.0.2.0/255.255.255.0", NetworkFault.Unreadable, "a mask")]
    [InlineData("192.0.2.0/33", NetworkFault.PrefixTooLong, "33 bits of 32")]
    [InlineData("2001:db8::/129", NetworkFault.PrefixTooLong, "129 bits of 128")]
    [InlineData("[2001:db8::]", NetworkFault.Unreadable, "brackets")]
    [InlineData("[2001:db8::]:80", NetworkFault.Unreadable, "a port")]
    [InlineData("fe80::1%eth0", NetworkFault.Unreadable, "a zone")]
    [InlineData("2001:db8:::1", NetworkFault.Unreadable, "three colons")]
    [InlineData("example.org", NetworkFault.Unreadable, "a name")]
    [InlineData("local", NetworkFault.Unreadable, "a word of Dovecot's")]
    [InlineData("１９２.0.2.0", NetworkFault.Unreadable, "digits of another script")]
    [InlineData("192.0.2.0'--", NetworkFault.Unreadable, "SQL")]
    public void What_is_no_network_is_not_read(string text, NetworkFault expected, string why)
    {
        Assert.False(ClientNetwork.TryParse(text, out _, out var fault), why);
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void Ten_thousand_random_texts_are_networks_or_refused_and_never_thrown_at()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        const string Characters = "0123456789abcdef::../% x";
        for (var i = 0; i < 10_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Characters[random.Next(Characters.Length)])]);
            if (!ClientNetwork.TryParse(text, out var network, out _)) continue;
            Assert.True(ClientNetwork.TryParse(network!.ToString(), out var again, out _), $"seed {Seed}: {text}");
            Assert.Equal(network.ToString(), again!.ToString());
        }
    }
}
