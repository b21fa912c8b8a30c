using AdminPanel.Data.Addresses;
using AdminPanel.Web.Platform.Passwords;
using Xunit;

namespace AdminPanel.Tests.Unit.Passwords;

/// <summary>What people choose where 12 characters are asked for is what is guessed first; what is long by chance is taken.</summary>
public sealed class GuessablePasswordTests
{
    private static readonly EmailAddress Address = EmailAddress.Parse("bob.smith@example.org");

    public static TheoryData<string, string> Guessable => new()
    {
        { "password1234", "the commonest one and a row" },
        { "qwertyuiop12", "a row of keys" },
        { "qwertzuiop123", "a row of German keys" },
        { "asdfghjkl123", "another row" },
        { "1qaz2wsx3edc", "columns of keys" },
        { "poiuytrewq321", "a row backwards" },
        { "Passwort2024!", "German, with what rules about signs lead to" },
        { "Sommer2026!!", "the season" },
        { "letmein123456", "a phrase that everybody has thought of" },
        { "P@ssw0rd12345", "signs that look like letters" },
        { "drowssap12345", "from behind" },
        { "iloveyou12345", "a common password" },
        { "abcdefghijkl", "a row of the alphabet" },
        { "987654321000", "a row of digits" },
        { "hallohallohallo", "a word again and again" },
        { "Password-Password", "twice" },
        { "monkey dragon", "two common words" },
        { "example2026!!", "the domain's first label" },
        { "Example.org-1", "the domain" },
        { "bob.smith1234", "the local part" },
        { "bobsmith2026!", "the local part without its dot" },
        { "SmithSmith99!", "half of it" },
        { "3xampl3-2026!", "the domain in signs that look like letters" },
        { "Roberta12345", "the name it says it belongs to" },
        { "roberta.quint", "that name as an address" },
    };

    public static TheoryData<string, string> Good => new()
    {
        { "correct horse battery staple", "four words" },
        { "tisch wolke ampel sieben", "four words in German" },
        { "Seven-brown-foxes-31", "three words and a number" },
        { "k7w2-9qmx-t4cp", "made by chance" },
        { "xkvqzjwpmfhy", "letters by chance" },
        { "730519864257", "digits by chance" },
        { "🐟🐠🐡🦈🐙🦑🦐🦞🦀🐚🐳🐋", "signs that no list has" },
        { "пароль-собака-лампа", "another alphabet" },
    };

    [Theory]
    [MemberData(nameof(Guessable))]
    public void What_is_guessed_first_is_refused(string password, string why) =>
        Assert.True(Check(password)?.Code is "PasswordGuessable" or "PasswordTooSimple", $"{why}: {GuessEstimate.Bits(password, [])}");

    [Theory]
    [MemberData(nameof(Good))]
    public void What_nobody_guesses_is_taken(string password, string why) => Assert.True(Check(password) is null, $"{why}: {GuessEstimate.Bits(password, [])}");

    [Fact]
    public void Every_common_password_is_refused_with_a_year_and_a_sign_behind_it()
    {
        // A line of the published list each: its most frequent ones, and some from far down.
        string[] common = ["123456789012", "dragon", "baseball", "michael", "superman", "trustno1", "sunshine", "liverpool", "starwars", "computer", "chocolate", "butterfly"];

        Assert.All(common, word => Assert.Equal("PasswordGuessable", Check(word + "2025!!!!")?.Code));
    }

    [Fact]
    public void Only_the_beginning_of_a_very_long_one_is_looked_at()
    {
        var beginning = string.Concat(Enumerable.Repeat("aB3$x", GuessEstimate.MaxRead / 5)) + "aB3";

        Assert.Equal(GuessEstimate.Bits(beginning, []), GuessEstimate.Bits(beginning + new string('z', 400), []));
    }

    /// <summary>Whatever is sent: an estimate that fails is a page that fails. The seed is printed.</summary>
    [Fact]
    public void An_estimate_comes_of_any_text()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        const string Alphabet = "abcdeqwertz12345 pasword!$@äß東🐟";
        for (var n = 0; n < 10_000; n++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);

            var bits = GuessEstimate.Bits(text, ["bob@example.org", null, ""]);

            Assert.True(bits is >= 0 and < 512 && double.IsFinite(bits), $"seed {seed}: {bits} of {text}");
        }
    }

    [Fact]
    public void Every_generated_password_is_taken() =>
        Assert.All(Enumerable.Range(0, 2000), _ => Assert.Null(Check(PasswordGenerator.Generate())));

    private static Data.Problem? Check(string password) => PasswordRules.Check(password, "Password", Address, "Roberta Quint", minLength: null);
}
