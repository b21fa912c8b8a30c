using AdminPanel.Data.Addresses;
using Xunit;

namespace AdminPanel.Tests.Unit.Addresses;

public sealed class DomainNameTests
{
    private static readonly string L63 = new('a', 63);

    public static TheoryData<string, string, string, string> Good => new()
    {
        { "example.org", "example.org", "example.org", "letters" },
        { "Example.ORG", "example.org", "example.org", "lower case is the one spelling" },
        { " example.org ", "example.org", "example.org", "spaces around it are the clipboard's" },
        { "example.org.", "example.org", "example.org", "the root's dot is not kept" },
        { "a.b", "a.b", "a.b", "the shortest" },
        { "1and1.example", "1and1.example", "1and1.example", "RFC 1123: a label may begin with a digit" },
        { "123.example", "123.example", "123.example", "all digits, but not the last label" },
        { "a--b.example", "a--b.example", "a--b.example", "two hyphens elsewhere than at 3 and 4" },
        { "münchen.de", "xn--mnchen-3ya.de", "münchen.de", "a U-label" },
        { "MÜNCHEN.de", "xn--mnchen-3ya.de", "münchen.de", "a U-label in upper case" },
        { "mu\u0308nchen.de", "xn--mnchen-3ya.de", "münchen.de", "a U-label that was not in NFC" },
        { "xn--mnchen-3ya.de", "xn--mnchen-3ya.de", "münchen.de", "its A-label" },
        { "XN--MNCHEN-3YA.DE", "xn--mnchen-3ya.de", "münchen.de", "its A-label in upper case" },
        { "faß.de", "xn--fa-hia.de", "faß.de", "IDNA2008 keeps the sharp s, IDNA2003 made it ss" },
        { "例え.テスト", "xn--r8jz45g.xn--zckzah", "例え.テスト", "RFC 5564's examples of both labels" },
        { "例え。テスト", "xn--r8jz45g.xn--zckzah", "例え.テスト", "the ideographic full stop is a dot (UTS #46)" },
        { $"{L63}.org", $"{L63}.org", $"{L63}.org", "a label of 63 octets" },
        { $"{L63}.{L63}.{L63}.{L63[..61]}", $"{L63}.{L63}.{L63}.{L63[..61]}", $"{L63}.{L63}.{L63}.{L63[..61]}", "253 octets" },
    };

    public static TheoryData<string?, AddressFault, string> Bad => new()
    {
        { null, AddressFault.Empty, "no text" },
        { "", AddressFault.Empty, "empty text" },
        { " ", AddressFault.Empty, "a space" },
        { ".", AddressFault.DomainLabelLength, "the root" },
        { ".org", AddressFault.DomainLabelLength, "an empty label first" },
        { "a..org", AddressFault.DomainLabelLength, "an empty label" },
        { "example.org..", AddressFault.DomainLabelLength, "two dots at the end" },
        { $"{L63}a.org", AddressFault.DomainLabelLength, "a label of 64 octets" },
        { $"{L63}.{L63}.{L63}.{L63[..62]}", AddressFault.DomainTooLong, "254 octets" },
        { new string('ü', 59) + ".de", AddressFault.DomainLabelLength, "64 octets as an A-label" },
        { "localhost", AddressFault.DomainSingleLabel, "one label" },
        { "192.0.2.1", AddressFault.DomainNumericTop, "an IP address" },
        { "example.123", AddressFault.DomainNumericTop, "a last label of digits" },
        { "[192.0.2.1]", AddressFault.DomainCharacter, "an address literal" },
        { "ex_ample.org", AddressFault.DomainCharacter, "an underscore" },
        { "exa mple.org", AddressFault.DomainCharacter, "a space inside" },
        { "example.org\0", AddressFault.DomainCharacter, "NUL" },
        { "example.org\nx.org", AddressFault.DomainCharacter, "a line end" },
        { "exam'ple.org", AddressFault.DomainCharacter, "a quote" },
        { "ex*mple.org", AddressFault.DomainCharacter, "an asterisk" },
        { "-example.org", AddressFault.DomainHyphen, "a hyphen first" },
        { "example-.org", AddressFault.DomainHyphen, "a hyphen last" },
        { "ab--c.org", AddressFault.DomainHyphen, "hyphens at 3 and 4 that are not xn--" },
        { "xn--a.org", AddressFault.DomainALabel, "no Punycode" },
        { "xn--example.org", AddressFault.DomainALabel, "Punycode of something else" },
        { "xn--example-.org", AddressFault.DomainHyphen, "an A-label of plain letters" },
        { "xn--MNCHEN-3YA\u00e4.de", AddressFault.DomainCharacter, "an A-label with a letter of a U-label" },
        { "xn--fa-hia-.de", AddressFault.DomainHyphen, "a hyphen after an A-label" },
        { "xn--4ca-.de", AddressFault.DomainHyphen, "another one" },
        { "exa\u202Emple.org", AddressFault.DomainCharacter, "right-to-left override" },
        { "exa\u200Dmple.org", AddressFault.DomainCharacter, "a zero-width joiner shows another name" },
        { "exa\u200Cmple.org", AddressFault.DomainCharacter, "a zero-width non-joiner too" },
        { "exa\uFFFDmple.org", AddressFault.DomainCharacter, "the sign of an encoding error" },
        { "exa\u2028mple.org", AddressFault.DomainCharacter, "line separator" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_name_is_kept_as_A_labels_and_shown_as_U_labels(string text, string value, string unicode, string why)
    {
        Assert.True(DomainName.TryParse(text, out var domain, out var fault), $"{why}: {fault}");
        Assert.Equal((value, unicode), (domain.Value, domain.Unicode));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_name_says_what_is_wrong(string? text, AddressFault expected, string why)
    {
        Assert.False(DomainName.TryParse(text, out _, out var fault), why);
        Assert.True(expected == fault, $"{why}: {fault}");
    }

    // Not in the table: the test runner writes its rows as UTF-8, where an unpaired surrogate cannot be.
    [Fact]
    public void An_unpaired_surrogate_is_no_character()
    {
        Assert.False(DomainName.TryParse("exa\ud800mple.org", out _, out var fault));
        Assert.Equal(AddressFault.DomainCharacter, fault);
    }

    [Fact]
    public void A_default_value_is_not_an_empty_name() => Assert.Throws<InvalidOperationException>(() => default(DomainName).Value);

    [Fact]
    public void Whatever_is_parsed_parses_to_itself_and_keeps_the_rules() => RandomTexts.Check(text =>
    {
        if (!DomainName.TryParse(text, out var domain, out var fault)) return fault != AddressFault.None;

        return DomainName.TryParse(domain.Value, out var again) && again == domain
            && DomainName.TryParse(domain.Unicode, out var fromUnicode) && fromUnicode == domain
            && domain.Value.Length <= 253
            && domain.Value.Split('.').All(l => l.Length is >= 1 and <= 63 && l.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-'));
    });

    [Fact]
    public async Task Sixteen_threads_get_the_answers_of_one()
    {
        var names = Enumerable.Range(0, 500).Select(i => $"grüße{i}.例え.example").ToList();
        var expected = names.Select(n => DomainName.Parse(n).Unicode).ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => names.Select(n => DomainName.Parse(n).Unicode).ToList())));

        Assert.All(answers, a => Assert.Equal(expected, a));
    }
}
