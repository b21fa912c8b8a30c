using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>spam_filter = rspamd: what the real Rspamd, Redis, Postfix and Dovecot do with mail, from rendered files alone.</summary>
public sealed class SpamFilterTests(SpamFilter filter) : IClassFixture<SpamFilter>
{
    // Rspamd's own test messages: the first is refused, the second marked (GTUBE).
    private const string Refused = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";
    private const string Marked = "YJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

    private const string Text = "This message has enough words in it that a filter which counts words can learn something from them, as people write letters.";

    [SpamFilterFact]
    public async Task The_program_that_reads_the_tree_has_nothing_to_say_against_it()
    {
        await filter.OpenAsync();

        var (status, output, errors) = await TrialInstance.RunAsync("/usr/bin/rspamadm", [$"--var=LOCAL_CONFDIR={filter.Rendered}/rspamd", "configtest", "-c", "/etc/rspamd/rspamd.conf"]);

        Assert.True(status == 0, errors);
        Assert.Contains("syntax OK", output, StringComparison.Ordinal);
    }

    [SpamFilterFact]
    public async Task The_worst_is_refused_spam_goes_to_Junk_and_a_strangers_own_mark_counts_for_nothing()
    {
        var (instance, address) = await MailboxAsync("sorted");
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);

        Assert.Equal(554, (await smtp.SendAsync("stranger@example.net", address, Message(address, "worst", Refused))).Code);
        Assert.Equal(250, (await smtp.SendAsync("stranger@example.net", address, Message(address, "spam", Marked))).Code);
        Assert.Equal(250, (await smtp.SendAsync("stranger@example.net", address, "X-Spam: Yes\n" + Message(address, "letter", Text))).Code);
        Assert.Equal("", await instance.SettledQueueAsync());

        await using var imap = await SignedInAsync(instance, address);
        Assert.Equal(1, await imap.SelectAsync("Junk"));
        var spam = await imap.ReadAsync(1);
        Assert.Contains("Subject: spam", spam, StringComparison.Ordinal);
        Assert.Contains("X-Spam: Yes", spam, StringComparison.Ordinal);
        Assert.Equal(1, await imap.SelectAsync());
        var letter = await imap.ReadAsync(1);
        Assert.Contains("Subject: letter", letter, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Spam: Yes", letter, StringComparison.Ordinal);
    }

    /// <summary>Whoever wants spam elsewhere says so; other rules leave it alone, whoever it claims to be from.</summary>
    [SpamFilterFact]
    public async Task A_rule_that_asks_for_spam_gets_it_and_no_other_does()
    {
        var (instance, address) = await MailboxAsync("ruled");
        const string rules = """[{"name": "Friends", "conditions": [{"part": "to", "test": "contains", "value": "@"}], "folder": "Friends"}, {"name": "Spam", "conditions": [{"part": "spam"}, {"part": "subject", "test": "contains", "value": "elsewhere"}], "folder": "Elsewhere"}]""";
        await WithSpamFilterAsync(instance, async () =>
        {
            Assert.Equal((0, ""), Told(await instance.PanelAsync(["mailbox", "filter", "set", address], rules)));
            Assert.Equal((0, ""), Told(await instance.PanelAsync(["mailbox", "vacation", "set", address, "--text-stdin"], "Away.")));
        });
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);

        Assert.Equal(250, (await smtp.SendAsync("spam.ruled@example.net", address, Message(address, "elsewhere", Marked))).Code);
        Assert.Equal(250, (await smtp.SendAsync("spam.ruled@example.net", address, Message(address, "spam", Marked))).Code);
        Assert.Equal(250, (await smtp.SendAsync("friend.ruled@example.net", address, Message(address, "letter", Text))).Code);
        Assert.Equal("", await instance.SettledQueueAsync());

        await using var imap = await SignedInAsync(instance, address);
        foreach (var (folder, subject) in (IEnumerable<(string, string)>)[("Elsewhere", "elsewhere"), ("Junk", "spam"), ("Friends", "letter")])
        {
            Assert.Equal((folder, 1), (folder, await imap.SelectAsync(folder)));
            Assert.Contains($"Subject: {subject}", await imap.ReadAsync(1), StringComparison.Ordinal);
        }
        Assert.Empty(instance.Sent("spam.ruled@example.net"));
        Assert.Single(instance.Sent("friend.ruled@example.net"));
    }

    /// <summary>A stranger's own points count for nothing, and no keyword of the scripts stays on the mail. What is marked here has no points.</summary>
    [SpamFilterFact]
    public async Task The_owner_says_from_how_many_points_mail_goes_to_Junk()
    {
        (string Name, string From, string[] Junk, string[] Inbox)[] owners =
        [
            ("strict", "3", ["points", "spam"], ["letter"]),
            ("usual", "server", ["spam"], ["letter", "points"]),
            ("lenient", "14", [], ["letter", "points", "spam"]),
            ("never", "never", [], ["letter", "points", "spam"]),
        ];
        foreach (var (name, from, junk, inbox) in owners)
        {
            var (instance, address) = await MailboxAsync(name);
            await WithSpamFilterAsync(instance, async () => Assert.Equal((0, ""), Told(await instance.PanelAsync(["mailbox", "filter", "spam", address, from]))));
            await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
            Assert.Equal(250, (await smtp.SendAsync("stranger@example.net", address, "From: stranger@example.net\n" + Message(address, "points", SpamFilter.FourPoints))).Code);
            Assert.Equal(250, (await smtp.SendAsync("stranger@example.net", address, "From: stranger@example.net\n" + Message(address, "spam", Marked))).Code);
            Assert.Equal(250, (await smtp.SendAsync("stranger@example.net", address, "X-Spam-Level: *************\nFrom: stranger@example.net\n" + Message(address, "letter", Text))).Code);
            Assert.Equal("", await instance.SettledQueueAsync());

            await using var imap = await SignedInAsync(instance, address);
            Assert.Equal((name, "Junk", string.Join(' ', junk)), (name, "Junk", await SubjectsAsync(imap, "Junk")));
            Assert.Equal((name, "INBOX", string.Join(' ', inbox)), (name, "INBOX", await SubjectsAsync(imap, "INBOX")));
        }
    }

    [SpamFilterFact]
    public async Task What_people_move_to_Junk_and_out_of_it_is_learned()
    {
        var (instance, address) = await MailboxAsync("learned");
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal(250, (await smtp.SendAsync("stranger@example.net", address, Message(address, "bought", Text + " Somebody sells something that nobody wants."))).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
        await using var imap = await SignedInAsync(instance, address);

        Assert.Equal(1, await imap.SelectAsync());
        Assert.StartsWith("OK", (await imap.SayAsync("MOVE 1 Junk"))[^1], StringComparison.Ordinal);
        await SpamFilter.AwaitAsync(async () => await filter.LearnedAsync("spam") == 1);

        Assert.Equal(1, await imap.SelectAsync("Junk"));
        Assert.StartsWith("OK", (await imap.SayAsync("MOVE 1 INBOX"))[^1], StringComparison.Ordinal);
        await SpamFilter.AwaitAsync(async () => await filter.LearnedAsync("ham") == 1);
    }

    /// <summary>A stolen password sends no more than the owner may; who else is written to, and what others send, changes nothing.</summary>
    [SpamFilterFact]
    public async Task More_than_one_person_may_send_in_an_hour_waits()
    {
        var (instance, address) = await MailboxAsync("sender");
        var (_, other) = await MailboxAsync("other");
        await using var smtp = await SubmitterAsync(instance, address);

        var replies = new List<int>();
        for (var i = 0; i < 2 * SpamFilter.OutboundRate && !replies.Contains(451); i++)
        {
            await smtp.FromAsync(address);
            Assert.Equal(250, (await smtp.ToAsync(i % 2 == 0 ? "somebody@elsewhere.example.net" : "postmaster@elsewhere.example.net")).Code);
            replies.Add((await smtp.DataAsync($"From: {address}\n" + Message("somebody@elsewhere.example.net", $"number {i}", Text))).Code);
        }

        Assert.Equal([.. Enumerable.Repeat(250, SpamFilter.OutboundRate), 451], replies);
        await using var others = await SubmitterAsync(instance, other);
        Assert.Equal(250, (await others.SendAsync(other, "somebody@elsewhere.example.net", $"From: {other}\n" + Message("somebody@elsewhere.example.net", "mine", Text))).Code);
    }

    /// <summary>With what the tree was rendered with, as the panel has it elsewhere.</summary>
    private static async Task WithSpamFilterAsync(TrialInstance instance, Func<Task> run)
    {
        await instance.ExecuteAsync("INSERT INTO settings (`key`, value, updated_at) VALUES ('spam_filter', 'rspamd', UTC_TIMESTAMP(6))");
        await run();
        await instance.ExecuteAsync("DELETE FROM settings WHERE `key` = 'spam_filter'");
    }

    private static (int Status, string Errors) Told((int Status, string Output, string Errors) answer) => (answer.Status, answer.Errors);

    /// <summary>Of a folder's messages, by the alphabet; none has a keyword.</summary>
    private static async Task<string> SubjectsAsync(ImapDialogue imap, string folder)
    {
        var subjects = new List<string>();
        for (var message = 1; message <= await imap.SelectAsync(folder); message++)
        {
            Assert.DoesNotContain("Panel", string.Join('\n', await imap.SayAsync($"FETCH {message} (FLAGS)")), StringComparison.Ordinal);
            subjects.Add((await imap.ReadAsync(message)).Split('\n').First(line => line.StartsWith("Subject: ", StringComparison.Ordinal))["Subject: ".Length..].Trim());
        }
        return string.Join(' ', subjects.Order(StringComparer.Ordinal));
    }

    private async Task<(TrialInstance Instance, string Address)> MailboxAsync(string name)
    {
        var instance = await filter.OpenAsync();
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox($"{name}@{domain}", $"{domain}/{name}").WriteAsync(instance);
        return (instance, $"{name}@{domain}");
    }

    private static async Task<ImapDialogue> SignedInAsync(TrialInstance instance, string address)
    {
        var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.True(await imap.SignInAsync(address, MailData.Password));
        return imap;
    }

    private static async Task<SmtpDialogue> SubmitterAsync(TrialInstance instance, string address)
    {
        var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile);
        Assert.Equal(235, (await smtp.SignInAsync(address, MailData.Password)).Code);
        return smtp;
    }

    private static string Message(string to, string subject, string text) =>
        $"To: {to}\nSubject: {subject}\nMessage-Id: <{Guid.NewGuid():N}@example.net>\nDate: Sat, 21 Nov 2026 12:00:00 +0000\n\n{text}\n";
}
