using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.Notices;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Messages to mailbox owners: each is handed to the mail server once, however long that takes.</summary>
public sealed partial class NoticeTests(OperationsDatabase database) : OperationsTest(database)
{
    private const string Bob = "bob@example.org";

    [MariaDbFact]
    public async Task A_new_mailbox_of_a_domain_that_greets_is_greeted_once()
    {
        await using var post = new PostOffice();
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);

        Assert.Equal([NoticeStep.DealtWith, NoticeStep.NothingDue], [await StepAsync(post), await StepAsync(post)]);

        var message = Assert.Single(post.Messages);
        Assert.Equal(("postmaster@example.org", Bob), (message.From, message.To));
        Assert.Equal(0, await WaitingAsync());
    }

    [MariaDbFact]
    public async Task Where_nobody_is_greeted_no_message_is_written()
    {
        await DomainAsync("example.org");
        await CreateAsync(Bob);

        Assert.Equal(0, await WaitingAsync());
    }

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
        Assert.Contains($"Hello Zoë <b>\u2028Bcc: x@y.example,\r\n\r\n.dots first\r\n.\r\n{new string('x', 3000)}\r\nÄ = ☃\r\n\r\nSettings", Decoded(body), StringComparison.Ordinal);
        Assert.Contains("Hello Zo&#xEB; &lt;b&gt;", Decoded(body), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, Decoded(body), StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task While_the_mail_server_is_down_it_waits_and_is_sent_afterwards()
    {
        var port = await DownAsync();
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);

        Assert.Equal([NoticeStep.ServerAway, NoticeStep.NothingDue], [await StepAsync(port), await StepAsync(port)]);
        Assert.Equal("1\t1", await AskAsync("SELECT failures, due_at BETWEEN UTC_TIMESTAMP() AND UTC_TIMESTAMP() + INTERVAL 61 SECOND FROM notices"));
        await DueAsync();
        await StepAsync(port);
        Assert.Equal("2\t1", await AskAsync("SELECT failures, due_at > UTC_TIMESTAMP() + INTERVAL 61 SECOND FROM notices"));
        Assert.Contains("refused", (await FindAsync()).Welcome!.Refusal, StringComparison.Ordinal);

        await using var post = new PostOffice(port);
        await DueAsync();
        Assert.Equal(NoticeStep.DealtWith, await StepAsync(port));
        Assert.Single(post.Messages);
        Assert.Equal(0, await WaitingAsync());
    }

    [MariaDbFact]
    public async Task A_refusal_for_ever_is_told_on_the_mailbox_s_page_and_the_message_can_be_sent_again()
    {
        await using var post = new PostOffice { Refusal = "550 5.1.1 <bob@example.org>: nobody here" };
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);

        Assert.Equal([NoticeStep.DealtWith, NoticeStep.NothingDue], [await StepAsync(post), await StepAsync(post)]);

        var welcome = (await FindAsync()).Welcome!;
        Assert.Null(welcome.DueAt);
        Assert.Contains("5.1.1 <bob@example.org>: nobody here", welcome.Refusal, StringComparison.Ordinal);
        post.Refusal = null;
        var id = (await FindAsync()).Id;
        Done(await RunAsync<SendWelcome, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, Superadmin, default)));
        await StepAsync(post);
        Assert.Single(post.Messages);
        Assert.Null((await FindAsync()).Welcome);
    }

    [MariaDbFact]
    public async Task A_refusal_for_now_concerns_that_message_alone()
    {
        await using var post = new PostOffice { Refusal = "450 4.2.0 later" };
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);

        Assert.Equal(NoticeStep.DealtWith, await StepAsync(post));

        Assert.Equal("1\t1", await AskAsync("SELECT failures, due_at > UTC_TIMESTAMP() FROM notices"));
        post.Refusal = "451 4.3.0 cannot ask my tables";
        await DueAsync();
        Assert.Equal(NoticeStep.ServerAway, await StepAsync(post));
        await AskAsync("UPDATE notices SET failures = 77, due_at = UTC_TIMESTAMP()");
        await StepAsync(post);
        Assert.Equal("NULL", await AskAsync("SELECT due_at FROM notices"));
    }

    [MariaDbFact]
    public async Task What_was_taken_without_an_answer_is_sent_again_under_the_same_id()
    {
        await using var post = new PostOffice { HangsUpAfterData = true };
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);
        await StepAsync(post);

        post.HangsUpAfterData = false;
        await DueAsync();
        await StepAsync(post);

        var ids = post.Messages.Select(m => Split(m.Message).Headers["Message-ID"]).ToList();
        Assert.Equal(2, ids.Count);
        Assert.Single(ids.Distinct());
    }

    [MariaDbFact]
    public async Task Two_panels_at_once_send_it_once()
    {
        await using var post = new PostOffice();
        await GreetingDomainAsync("example.org");
        for (var i = 0; i < 10; i++) await CreateAsync($"m{i}@example.org");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (await StepAsync(post) != NoticeStep.NothingDue)
            {
                // The next one.
            }
        }));

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"m{i}@example.org"), post.Messages.Select(m => m.To).Order(StringComparer.Ordinal));
    }

    [MariaDbFact]
    public async Task An_inactive_mailbox_s_waits_until_it_is_active()
    {
        await using var post = new PostOffice();
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);
        await CreateAsync("later@example.org");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE address LIKE 'bob%'; UPDATE addresses SET active_from = '2999-01-02' WHERE address LIKE 'later%'");

        Assert.Equal([NoticeStep.DealtWith, NoticeStep.DealtWith, NoticeStep.NothingDue], [await StepAsync(post), await StepAsync(post), await StepAsync(post)]);
        Assert.Equal("1\t2999-01-02 00:00:00.000000", await AskAsync("SELECT MIN(due_at) > UTC_TIMESTAMP(), MAX(due_at) FROM notices"));
        Assert.Empty(post.Messages);

        await AskAsync("UPDATE addresses SET is_active = 1, active_from = NULL");
        await DueAsync();
        await StepAsync(post);
        await StepAsync(post);
        Assert.Equal(2, post.Messages.Count);
    }

    [MariaDbFact]
    public async Task Nobody_is_greeted_after_a_month_or_when_the_domain_stopped_to()
    {
        await using var post = new PostOffice();
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);
        await AskAsync("UPDATE addresses SET is_active = 0; UPDATE notices SET created_at = UTC_TIMESTAMP() - INTERVAL 31 DAY");
        await StepAsync(post);
        Assert.Equal(0, await WaitingAsync());

        await CreateAsync("ann@example.org");
        await AskAsync("UPDATE domains SET welcome_language = NULL");
        await StepAsync(post);
        Assert.Equal(0, await WaitingAsync());
        Assert.Empty(post.Messages);
        AssertRefused(await RunAsync<SendWelcome, Outcome<Saved>>(async o => await o.RunAsync(new() { Id = (await FindAsync()).Id }, Superadmin, default)), ":WelcomeOff");
    }

    [MariaDbFact]
    public async Task Whoever_is_deleted_is_told_nothing_until_restored()
    {
        await using var post = new PostOffice();
        await GreetingDomainAsync("example.org");
        await CreateAsync(Bob);
        await RunAsync<DeleteMailbox, Outcome<MailboxDeletion>>(async o =>
        {
            var plan = (await o.PlanAsync(EmailAddress.Parse(Bob), Superadmin, default))!;
            return await o.RunAsync(new() { Id = plan.Id, Plan = plan.Fingerprint() }, Superadmin, default);
        });

        Assert.Equal(NoticeStep.NothingDue, await StepAsync(post));
        Done(await RunAsync<RestoreItem, Outcome<Saved>>(async o => await o.RunAsync(
            new() { Id = long.Parse(await AskAsync("SELECT id FROM recycled_items"), CultureInfo.InvariantCulture) }, Superadmin, default)));
        await StepAsync(post);

        Assert.Equal(Bob, Assert.Single(post.Messages).To);
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

    private async Task GreetingDomainAsync(string name, string? text = null) =>
        Done(await RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = name, WelcomeLanguage = "en", WelcomeText = text }, Superadmin, default)));

    private async Task CreateAsync(string address, string? name = null)
    {
        var parts = address.Split('@');
        Done(await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(
            new() { LocalPart = parts[0], DomainName = parts[1], DisplayName = name, Password = Password }, Superadmin, default)));
    }

    private Task<NoticeStep> StepAsync(PostOffice post) => StepAsync(post.Port);

    private async Task<NoticeStep> StepAsync(int port)
    {
        await using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("MailServer:internal_smtp_listen", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")), new("MailServer:host_name", "mail.example.org")]).Build();
        return await DbAsync(db => new SendNotice(
            db, new ServerSettings(db, configuration), services.GetRequiredService<IStringLocalizer<NoticesText>>(), services.GetRequiredService<ILogger<SendNotice>>()).RunAsync(default));
    }

    /// <summary>A port that nobody listens on.</summary>
    private static async Task<int> DownAsync()
    {
        await using var post = new PostOffice();
        return post.Port;
    }

    private Task<string> DueAsync() => AskAsync("UPDATE notices SET due_at = UTC_TIMESTAMP()");

    private async Task<int> WaitingAsync() => int.Parse(await AskAsync("SELECT COUNT(*) FROM notices"), CultureInfo.InvariantCulture);

    private async Task<MailboxDetail> FindAsync() => (await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(EmailAddress.Parse(Bob), Superadmin, default)))!;

    private static (Dictionary<string, string> Headers, string Body) Split(string message)
    {
        var end = message.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        // RFC 5322 section 2.2.3: a line that begins with a space goes on with the one before.
        var unfolded = Regex.Replace(message[..end], "\r\n(?=[ \t])", "");
        return (unfolded.Split("\r\n").Select(l => l.Split(": ", 2)).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal), message[(end + 4)..]);
    }

    // RFC 2047 encoded words in base64; RFC 2045 section 6.7 quoted-printable.
    private static string Words(string header) =>
        EncodedWord().Replace(header, m => Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups[1].Value)));

    private static string Decoded(string body)
    {
        var joined = body.Replace("=\r\n", "", StringComparison.Ordinal);
        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(QuotedOctet().Replace(joined, m => $"{(char)Convert.ToByte(m.Groups[1].Value, 16)}")));
    }

    [GeneratedRegex(@"=\?utf-8\?B\?([^?]*)\?= ?", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();

    [GeneratedRegex("=([0-9A-F]{2})")]
    private static partial Regex QuotedOctet();
}
