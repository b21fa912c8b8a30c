using AdminPanel.Web.Platform.Passwords;
using Xunit;

namespace AdminPanel.Tests.Unit.Passwords;

public sealed class PasswordRulesTests
{
    public static TheoryData<string?, string?, string> Passwords => new()
    {
        { "correct horse battery", null, "words with spaces" },
        { "Ümläute12345", null, "12 characters, more octets" },
        { "🐟🐠🐡🦈🐙🦑🦐🦞🦀🐚🐳🐋", null, "12 characters outside the first plane" },
        { "abydefohijkl", null, "12 characters" },
        { "abcdefghijk", "PasswordTooShort", "11 characters" },
        { "🐟🐠🐡🦈🐙🦑", "PasswordTooShort", "6 characters in 12 UTF-16 units" },
        { "", "PasswordEmpty", "nothing" },
        { null, "PasswordEmpty", "a field that was not sent" },
        { "aaaabbbbcccc", "PasswordTooSimple", "three different characters" },
        { "abcdefgh\0ijkl", "PasswordCharacter", "crypt and C strings end at a NUL" },
        { "abcdefgh\nijkl", "PasswordCharacter", "an IMAP command ends with its line" },
        { "bcdefäöüß?" + new string('ä', 190) + new string('x', 118), null, "512 octets" },
        { "bcdefäöüß?" + new string('ä', 190) + new string('x', 119), "PasswordTooLong", "513 octets" },
        { "Info.Verein.Example", "PasswordIsName", "the login in other case" },
    };

    [Theory]
    [MemberData(nameof(Passwords))]
    public void A_password_is_taken_or_refused_with_its_reason(string? password, string? code, string why)
    {
        var problem = PasswordRules.Check(password, "Password", "info.verein.example");

        Assert.True(problem?.Code == code, $"{why}: {problem?.Code}");
    }

    [Fact]
    public void An_unpaired_surrogate_is_refused_because_it_has_no_UTF8() =>
        Assert.Equal("PasswordCharacter", PasswordRules.Check("abcdefghijk\ud800", "Password")?.Code);

    [Fact]
    public void A_generated_password_keeps_the_rules_and_has_118_bits()
    {
        var passwords = Enumerable.Range(0, 1000).Select(_ => PasswordGenerator.Generate()).ToList();

        Assert.Equal(1000, passwords.Distinct().Count());
        Assert.All(passwords, p => Assert.Matches("^[a-hjkmnp-z2-9]{6}(-[a-hjkmnp-z2-9]{6}){3}$", p));
        Assert.All(passwords, p => Assert.Null(PasswordRules.Check(p, "Password")));
        Assert.Equal(31, PasswordGenerator.Alphabet.Distinct().Count());
        Assert.True(24 * Math.Log2(31) > 100);
    }
}
