using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AdminPanel.Data;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>What the message to a new owner says, and what of it people choose.</summary>
public sealed partial class WelcomeMessageTests(OperationsDatabase database) : NoticeTest(database)
{
    /// <summary>An international domain, a name with a script and a line end of another kind, words with dots and one very long line.</summary>
    [MariaDbFact]
    public async Task The_message_is_plain_ASCII_in_short_lines_and_its_headers_are_what_receivers_expect()
    {
        await using var post = new PostOffice();
        await GreetingDomainAsync("bücher.example", $".dots first\n.\n{new string('x', 3000)}\nÄ = ☃");
        await CreateAsync("o'connor@bücher.example", "Zoë <b>\u2028Bcc: x@y.example");

        await StepAsync(post);

        var (headers, body) = Split(Assert.Single(post.Messages).Message);
        Assert.All(post.Messages[0].Message, c => Assert.InRange(c, '\t', '~'));
        Assert.All(post.Messages[0].Message.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
        Assert.Equal(["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"], headers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("postmaster@xn--bcher-kva.example", "o'connor@xn--bcher-kva.example"), (headers["From"], headers["To"]));
        Assert.Equal("auto-generated", headers["Auto-Submitted"]);
        Assert.Equal("Your mailbox o'connor@bücher.example", Words(headers["Subject"]));
        Assert.Matches(@"^<welcome\.\d+\.\d{20}@xn--bcher-kva\.example>$", headers["Message-ID"]);
        Assert.InRange(DateTimeOffset.Parse(headers["Date"], CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        Assert.Contains($"Hello Zoë <b>\u2028Bcc: x@y.example,\r\n\r\n.dots first\r\n.\r\n{new string('x', 3000)}\r\nÄ = ☃\r\n\r\nSettings", QuotedPrintable.Decode(body), StringComparison.Ordinal);
        Assert.Contains("Hello Zo&#xEB; &lt;b&gt;", QuotedPrintable.Decode(body), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, QuotedPrintable.Decode(body), StringComparison.Ordinal);
    }

    [MariaDbTheory]
    [InlineData("fr", null, "WelcomeLanguage:WelcomeLanguageUnknown")]
    [InlineData("<script>", null, "WelcomeLanguage:WelcomeLanguageUnknown")]
    [InlineData("en", "bell \a", "WelcomeText:TextControl")]
    // A test's name cannot hold half a character: \ud83d stands for it.
    [InlineData("en", @"half \ud83d", "WelcomeText:TextControl")]
    public async Task What_no_message_can_say_is_named(string language, string? text, string problem) =>
        AssertRefused(await RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "example.org", WelcomeLanguage = language, WelcomeText = text?.Replace(@"\ud83d", "\ud83d", StringComparison.Ordinal) }, Superadmin, default)), problem);

    [MariaDbFact]
    public async Task Opening_words_are_stored_in_lines_and_four_thousand_characters_are_the_most()
    {
        Done(await RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "example.org", WelcomeLanguage = "DE", WelcomeText = " a\r\nb\n" }, Superadmin, default)));
        Assert.Equal("de\t610A62", await AskAsync("SELECT welcome_language, HEX(welcome_text) FROM domains"));

        AssertRefused(
            await RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "b.example", WelcomeText = new string('ä', 4001) }, Superadmin, default)), "WelcomeText:TextTooLong");
        Done(await RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "b.example", WelcomeText = new string('ä', 4000) }, Superadmin, default)));
    }

    // RFC 2047 encoded words in base64.
    private static string Words(string header) =>
        EncodedWord().Replace(header, m => Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups[1].Value)));

    [GeneratedRegex(@"=\?utf-8\?B\?([^?]*)\?= ?", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();
}
