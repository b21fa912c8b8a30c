using AdminPanel.Data.Addresses;
using Xunit;

namespace AdminPanel.Tests.Unit.Addresses;

/// <summary>
/// Somebody who can write the panel's database writes what a program of root's hands to doveadm(1): nothing but an address
/// of a mailbox, or all of a domain, gets there.
/// </summary>
public sealed class SessionMaskTests
{
    [Theory]
    [InlineData("anna@example.org", null)]
    [InlineData("-f@example.org", null)]
    [InlineData("o'connor@example.org", null)]
    [InlineData("*@example.org", "example.org")]
    [InlineData("*@xn--mnchen-3ya.example", "xn--mnchen-3ya.example")]
    public void An_address_or_a_domain_is_taken(string text, string? domain)
    {
        Assert.True(SessionMask.TryParse(text, out var mask));
        Assert.Equal((text, domain), (mask.Value, mask.Domain));
    }

    [Theory]
    [InlineData(null, "nothing")]
    [InlineData("", "nothing")]
    [InlineData("*", "everybody")]
    [InlineData("*@*", "everybody")]
    [InlineData("*@", "everybody without a domain")]
    [InlineData("@example.org", "a catch-all")]
    [InlineData("anna", "no address")]
    [InlineData("a*@example.org", "some of a domain")]
    [InlineData("?@example.org", "one letter, whichever")]
    [InlineData("*@*.org", "many domains")]
    [InlineData("anna@?xample.org", "many domains")]
    [InlineData("-A", "an option")]
    [InlineData("-a/tmp/socket", "an option with a value")]
    [InlineData("--", "the end of options")]
    [InlineData("10.0.0.0/8", "a network")]
    [InlineData("anna@example.org 10.0.0.1", "a network behind it")]
    [InlineData("anna@example.org\n*", "two lines")]
    [InlineData("anna@example.org\0", "a NUL")]
    [InlineData(" anna@example.org", "a space before")]
    [InlineData("anna@example.org ", "a space behind")]
    [InlineData("Anna@example.org", "another spelling")]
    [InlineData("anna@EXAMPLE.org", "another spelling")]
    [InlineData("*@Example.org", "another spelling")]
    [InlineData("*@m\u00fcnchen.example", "another spelling")]
    [InlineData("j\u00f6rg@example.org", "no name of a mailbox")]
    [InlineData("anna+x@example.org", "an extension, which nobody signs in with")]
    [InlineData("$(id)@example.org", "a shell's word")]
    [InlineData("%u@example.org", "a variable of Dovecot's")]
    public void Everything_else_is_not(string? text, string why)
    {
        Assert.False(SessionMask.TryParse(text, out _), why);
    }

    [Fact]
    public void Whatever_is_taken_holds_no_wildcard_but_the_one_in_front_of_a_domain()
    {
        var random = new Random(20261122);
        const string Letters = "a*?@.-%[]{}'\\/ \t\n\u00fcx";
        for (var i = 0; i < 10_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Letters[random.Next(Letters.Length)])) + (random.Next(2) == 0 ? "@example.org" : "");
            if (!SessionMask.TryParse(text, out var mask)) continue;

            var name = mask.Value.StartsWith("*@", StringComparison.Ordinal) ? mask.Value[2..] : mask.Value;
            Assert.DoesNotContain(name, letter => letter is '*' or '?' or '[' or '\\' or '/' or '%' || char.IsControl(letter) || char.IsWhiteSpace(letter) || letter > '~');
        }
    }
}
