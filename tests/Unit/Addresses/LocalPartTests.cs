using System.Text;
using AdminPanel.Data.Addresses;
using Xunit;

namespace AdminPanel.Tests.Unit.Addresses;

public sealed class LocalPartTests
{
    public static TheoryData<string, string, string> Good => new()
    {
        { "bob", "bob", "letters" },
        { "Bob.Smith", "bob.smith", "lower case is the one spelling" },
        { "  bob ", "bob", "spaces around it are the clipboard's" },
        { "bob+news", "bob+news", "an extension spelled out" },
        { "o'connor", "o'connor", "an apostrophe is atext" },
        { "!#$%&'*+-/=?^_`{|}~", "!#$%&'*+-/=?^_`{|}~", "all of atext, RFC 5322 section 3.2.3" },
        { "1", "1", "one digit" },
        { "-bob-", "-bob-", "hyphens may stand anywhere" },
        { "müller", "müller", "RFC 6531 allows UTF-8" },
        { "mu\u0308ller", "müller", "NFC: a combining mark joins its letter" },
        { "MÜLLER", "müller", "lower case beyond ASCII" },
        { "\u212Bngstr\u00F6m", "ångström", "the angstrom sign is the letter in NFC" },
        { "用户", "用户", "letters without case" },
        { new string('a', 64), new string('a', 64), "64 octets" },
        { new string('ä', 32), new string('ä', 32), "64 octets in 32 letters" },
    };

    public static TheoryData<string?, AddressFault, string> Bad => new()
    {
        { null, AddressFault.Empty, "no text" },
        { "", AddressFault.Empty, "empty text" },
        { "   ", AddressFault.Empty, "spaces only" },
        { new string('a', 65), AddressFault.LocalPartTooLong, "65 octets" },
        { new string('ä', 32) + "a", AddressFault.LocalPartTooLong, "65 octets in 33 letters" },
        { new string('a', 63) + "ä", AddressFault.LocalPartTooLong, "64 letters, 65 octets" },
        { ".bob", AddressFault.LocalPartDots, "a dot at the beginning" },
        { "bob.", AddressFault.LocalPartDots, "a dot at the end" },
        { "bob..smith", AddressFault.LocalPartDots, "two dots" },
        { ".", AddressFault.LocalPartDots, "a dot alone" },
        { "bob smith", AddressFault.LocalPartCharacter, "a space inside" },
        { "bob\tsmith", AddressFault.LocalPartCharacter, "a tab inside" },
        { "bob\r\nRCPT TO:<x@y.z>", AddressFault.LocalPartCharacter, "a line end would be another SMTP command" },
        { "bob\0", AddressFault.LocalPartCharacter, "NUL" },
        { "bob\u007f", AddressFault.LocalPartCharacter, "DEL" },
        { "bob\u0085x", AddressFault.LocalPartCharacter, "a C1 control" },
        { "\"bob\"", AddressFault.LocalPartCharacter, "a quoted string" },
        { "bob\\", AddressFault.LocalPartCharacter, "a backslash" },
        { "bob@home", AddressFault.LocalPartCharacter, "an @" },
        { "bob,alice", AddressFault.LocalPartCharacter, "a comma would be two addresses" },
        { "<bob>", AddressFault.LocalPartCharacter, "angle brackets" },
        { "bob(x)", AddressFault.LocalPartCharacter, "a comment" },
        { "bob:x;", AddressFault.LocalPartCharacter, "group syntax" },
        { "bob[1]", AddressFault.LocalPartCharacter, "brackets" },
        { "\u202Ebob", AddressFault.LocalPartCharacter, "right-to-left override shows another address" },
        { "bo\u200Bb", AddressFault.LocalPartCharacter, "zero-width space" },
        { "bo\u200Db", AddressFault.LocalPartCharacter, "zero-width joiner" },
        { "bo\u00ADb", AddressFault.LocalPartCharacter, "soft hyphen" },
        { "bo\uFEFFb", AddressFault.LocalPartCharacter, "byte order mark" },
        { "bo\u00A0b", AddressFault.LocalPartCharacter, "no-break space inside" },
        { "bo\u2028b", AddressFault.LocalPartCharacter, "line separator" },
        { "bo\uE000b", AddressFault.LocalPartCharacter, "private use" },
        { "bo\uFFFDb", AddressFault.LocalPartCharacter, "the sign of an encoding error" },
        { "bo\u0378b", AddressFault.LocalPartCharacter, "not assigned" },
        { "\u0301bob", AddressFault.LocalPartCharacter, "a combining mark with nothing to stand on" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_local_part_has_one_spelling(string text, string expected, string why)
    {
        Assert.True(LocalPart.TryParse(text, out var localPart, out var fault), $"{why}: {fault}");
        Assert.Equal(expected, localPart.Value);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_local_part_says_what_is_wrong(string? text, AddressFault expected, string why)
    {
        Assert.False(LocalPart.TryParse(text, out _, out var fault), why);
        Assert.True(expected == fault, $"{why}: {fault}");
    }

    // Not in the table: the test runner writes its rows as UTF-8, where an unpaired surrogate cannot be.
    [Fact]
    public void An_unpaired_surrogate_is_no_character()
    {
        Assert.False(LocalPart.TryParse("bo\ud800b", out _, out var high));
        Assert.False(LocalPart.TryParse("bo\udc00b", out _, out var low));
        Assert.False(LocalPart.TryParse("bob\ud83d", out _, out var last));

        Assert.Equal([AddressFault.LocalPartCharacter, AddressFault.LocalPartCharacter, AddressFault.LocalPartCharacter], [high, low, last]);
    }

    [Theory]
    [InlineData("bob.smith-1_2=x'y&z~", true, "the whole set")]
    [InlineData("bob+news", false, "the delimiter: bob's own extension")]
    [InlineData("bob/smith", false, "a slash would be a directory")]
    [InlineData("bob#1", false, "not proven through IMAP")]
    [InlineData("müller", false, "LMTP has no SMTPUTF8")]
    public void Mailboxes_take_what_every_daemon_takes(string text, bool expected, string why) =>
        Assert.True(LocalPart.Parse(text).IsMailboxSafe == expected, why);

    [Fact]
    public void A_default_value_is_not_an_empty_local_part() => Assert.Throws<InvalidOperationException>(() => default(LocalPart).Value);

    [Fact]
    public void Whatever_is_parsed_parses_to_itself_and_keeps_the_rules() => RandomTexts.Check(text =>
    {
        if (!LocalPart.TryParse(text, out var localPart, out var fault)) return fault != AddressFault.None;

        return LocalPart.TryParse(localPart.Value, out var again) && again == localPart
            && Encoding.UTF8.GetByteCount(localPart.Value) is >= 1 and <= 64
            && localPart.Value.IsNormalized(NormalizationForm.FormC)
            && !localPart.Value.Any(c => c <= ' ' || c == '@' || c == '"' || c == '\\' || c == ',');
    });
}
