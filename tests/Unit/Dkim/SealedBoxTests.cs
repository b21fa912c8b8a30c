using System.Text;
using AdminPanel.Web.Platform;
using Xunit;

namespace AdminPanel.Tests.Unit.Dkim;

public sealed class SealedBoxTests
{
    [Fact]
    public void The_public_half_closes_and_only_the_private_one_opens()
    {
        var key = SealedBox.NewPrivateKey();
        var text = Encoding.UTF8.GetBytes("a private key");
        var box = SealedBox.Seal(SealedBox.PublicKeyOf(key), text);

        Assert.Equal(text, SealedBox.Open(key, box));
        Assert.Null(SealedBox.Open(SealedBox.NewPrivateKey(), box));
        Assert.NotEqual(box, SealedBox.Seal(SealedBox.PublicKeyOf(key), text));
        for (var i = 0; i < box.Length; i++)
        {
            var changed = box.ToArray();
            changed[i] ^= 1;
            Assert.Null(SealedBox.Open(key, changed));
        }
        Assert.Null(SealedBox.Open(key, box.AsSpan(0, box.Length - 1)));
        Assert.Null(SealedBox.Open(key, []));
    }

    // RFC 8032 section 7.1, tests 1 and 3.
    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")]
    [InlineData("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")]
    public void Ed25519_makes_the_public_half_that_the_standard_says(string seed, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(Ed25519.PublicKeyOf(Convert.FromHexString(seed))));
}
