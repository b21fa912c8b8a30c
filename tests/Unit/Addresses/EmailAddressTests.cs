using AdminPanel.Data.Addresses;
using Xunit;

namespace AdminPanel.Tests.Unit.Addresses;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("Bob@Example.ORG", "bob@example.org", "lower case is the one spelling")]
    [InlineData(" bob@example.org\t", "bob@example.org", "spaces around it are the clipboard's")]
    [InlineData("bob@münchen.de", "bob@xn--mnchen-3ya.de", "the domain as A-labels")]
    [InlineData("müller@münchen.de", "müller@xn--mnchen-3ya.de", "the local part stays as it is")]
    [InlineData("bob+a+b@example.org", "bob+a+b@example.org", "two delimiters")]
    [InlineData("!@a.b", "!@a.b", "the shortest odd one")]
    public void A_good_address_has_one_spelling(string text, string expected, string why)
    {
        Assert.True(EmailAddress.TryParse(text, out var address, out var fault), $"{why}: {fault}");
        Assert.Equal(expected, address.Value);
    }

    [Theory]
    [InlineData(null, AddressFault.Empty, "no text")]
    [InlineData(" ", AddressFault.Empty, "a space")]
    [InlineData("bob", AddressFault.NoAt, "no @")]
    [InlineData("@", AddressFault.Empty, "nothing on either side")]
    [InlineData("@example.org", AddressFault.Empty, "nothing before the @")]
    [InlineData("bob@", AddressFault.Empty, "nothing after the @")]
    [InlineData("a@b@example.org", AddressFault.LocalPartCharacter, "split at the last @")]
    [InlineData("\"a@b\"@example.org", AddressFault.LocalPartCharacter, "a quoted string")]
    [InlineData("bob @example.org", AddressFault.LocalPartCharacter, "a space before the @ is not a spelling of bob")]
    [InlineData("bob@ example.org", AddressFault.DomainCharacter, "nor one after it")]
    [InlineData("Bob <bob@example.org>", AddressFault.LocalPartCharacter, "a display name")]
    [InlineData("bob@localhost", AddressFault.DomainSingleLabel, "one label")]
    [InlineData("bob@[192.0.2.1]", AddressFault.DomainCharacter, "an address literal")]
    [InlineData("bob.@example.org", AddressFault.LocalPartDots, "a dot before the @")]
    public void A_bad_address_says_what_is_wrong(string? text, AddressFault expected, string why)
    {
        Assert.False(EmailAddress.TryParse(text, out _, out var fault), why);
        Assert.True(expected == fault, $"{why}: {fault}");
    }

    [Fact]
    public void The_longest_address_has_318_octets()
    {
        var label = new string('a', 63);
        var address = EmailAddress.Parse($"{new string('b', 64)}@{label}.{label}.{label}.{label[..61]}");

        Assert.Equal(318, address.Value.Length);
        Assert.Equal(318, EmailAddress.MaxOctets);
    }

    [Fact]
    public void Whatever_is_parsed_parses_to_itself() => RandomTexts.Check(text =>
        !EmailAddress.TryParse(text, out var address, out var fault)
            ? fault != AddressFault.None
            : EmailAddress.TryParse(address.Value, out var again) && again == address
                && EmailAddress.TryParse(address.Unicode, out var fromUnicode) && fromUnicode == address
                && address.Value.Count(c => c == '@') == 1);
}
