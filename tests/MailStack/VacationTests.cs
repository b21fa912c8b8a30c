using System.Diagnostics;
using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>A vacation reply, from the verb that sets it to the message that somebody else gets.</summary>
public abstract class VacationTests<TStack>
    where TStack : IMailStack
{
    private const string Text = "I am away.\n.\n..dots\n\"quoted\" \\ back ${hex:41} <b>Grüße</b> \U0001F334\n.";

    // Mail that nobody answers, each in the words of who sends it.
    private static readonly string[] Silent =
    [
        "List-Id: <club.example.net>", "List-Unsubscribe: <mailto:leave@example.net>", "Precedence: bulk", "Precedence: list", "Precedence: junk",
        "Auto-Submitted: auto-generated", "Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All", "From: <no-reply@example.net>", "From: <noreply@example.net>",
    ];

    [StackFact]
    public async Task Whoever_writes_is_answered_once_in_the_owner_s_words_and_the_owner_s_script_still_runs()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var address = "away@" + domain;
        await new MailData().Domain(domain).Mailbox(address, $"{domain}/away").Alias("info@" + domain, [address]).WriteAsync(instance);
        Assert.True(await TextDialogue.UploadsScriptAsync(instance.ManageSieve, instance.CaFile, address, MailData.Password, "require [\"fileinto\", \"mailbox\"];\nfileinto :create \"Sorted\";\n"));

        Assert.Equal("written", await SetAsync(instance, address, Text, "--subject", "Außer \"Haus\" \\ \U0001F334"));
        await SendAsync(instance, "friend." + domain, address);
        await SendAsync(instance, "friend." + domain, address);
        await SendAsync(instance, "customer." + domain, "info@" + domain);
        await SendAsync(instance, "tagged." + domain, "away+tag@" + domain);

        var answer = Assert.Single(Answers(instance, "friend." + domain));
        Assert.EndsWith("\r\n\r\n" + Text.Replace("\n", "\r\n", StringComparison.Ordinal), answer.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-replied", answer, StringComparison.Ordinal);
        Assert.Contains("X-Envelope-From: \r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"From: <info@{domain}>", Assert.Single(Answers(instance, "customer." + domain)), StringComparison.Ordinal);
        Assert.Single(Answers(instance, "tagged." + domain));
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.True(await imap.SignInAsync(address, MailData.Password));
        Assert.Equal(4, await imap.SelectAsync("Sorted"));
        Assert.Equal(["adminpanel", "rules ACTIVE"], await ScriptsAsync(instance, address));
    }

    [StackFact]
    public async Task Lists_bulk_mail_and_programs_are_not_answered()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var address = "away@" + domain;
        await new MailData().Domain(domain).Mailbox(address, $"{domain}/away").Alias("sales@" + domain, [address]).WriteAsync(instance);
        Assert.Equal("written", await SetAsync(instance, address, "Away."));

        for (var i = 0; i < Silent.Length; i++) await SendAsync(instance, $"silent{i}.{domain}", address, Silent[i]);
        foreach (var sender in (string[])["mailer-daemon", "owner-club", "club-request", "listserv"]) await SendAsync(instance, $"{sender}@{domain}.example.net", address);
        await SendAsync(instance, "", address);
        // Not written to the mailbox under any of its names: a list that does not say so.
        await SendAsync(instance, "hidden." + domain, address, "To: <everybody@example.net>");
        await SendAsync(instance, "heard." + domain, address);

        Assert.Single(Answers(instance, "heard." + domain));
        Assert.Single(Answers(instance, domain));
        Assert.Equal(Silent.Length + 7, instance.Delivered($"{domain}/away").Count);
    }

    [StackFact]
    public async Task Off_over_and_not_yet_are_silent()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var address = "away@" + domain;
        await new MailData().Domain(domain).Mailbox(address, $"{domain}/away").WriteAsync(instance);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);

        Assert.Equal("written", await SetAsync(instance, address, "Away.", "--first-day", Day(today.AddDays(2))));
        await SendAsync(instance, "early." + domain, address);
        Assert.Equal("written", await SetAsync(instance, address, "Away.", "--first-day", Day(today.AddDays(-1)), "--last-day", Day(today.AddDays(1))));
        await SendAsync(instance, "timely." + domain, address);
        var (status, _, errors) = await instance.PanelAsync(["mailbox", "vacation", "off", address]);
        Assert.True(status == 0, errors);
        await SendAsync(instance, "late." + domain, address);

        Assert.Single(Answers(instance, "timely." + domain));
        Assert.Single(Answers(instance, domain));
        Assert.Empty(await ScriptsAsync(instance, address));
    }

    /// <summary>Nobody has to open a page for it: the panel that serves looks.</summary>
    [StackFact]
    public async Task An_alias_that_is_added_later_is_answered_for_and_one_that_is_gone_is_not()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var address = "away@" + domain;
        await new MailData().Domain(domain).Mailbox(address, $"{domain}/away").Alias("old@" + domain, [address]).WriteAsync(instance);
        Assert.Equal("written", await SetAsync(instance, address, "Away."));

        Assert.Equal(0, (await instance.PanelAsync(["alias", "add", "new@" + domain, address])).Status);
        Assert.Equal(0, (await instance.PanelAsync(["alias", "delete", "old@" + domain])).Status);
        await instance.ExecuteAsync("UPDATE mailbox_scripts SET due_at = UTC_TIMESTAMP(6)");
        var script = Path.Combine(instance.MailRoot, domain, "away/sieve/adminpanel.sieve");
        var started = Stopwatch.GetTimestamp();
        while (!(await File.ReadAllTextAsync(script)).Contains("new@" + domain, StringComparison.Ordinal)) Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(3));
        await SendAsync(instance, "friend." + domain, "new@" + domain);

        Assert.Single(Answers(instance, "friend." + domain));
        Assert.DoesNotContain("old@" + domain, await File.ReadAllTextAsync(script), StringComparison.Ordinal);
    }

    /// <summary>Somebody had a script of the panel's name before there was such a thing.</summary>
    [StackFact]
    public async Task A_script_of_the_owner_s_under_the_same_name_is_left_alone()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var address = "away@" + domain;
        await new MailData().Domain(domain).Mailbox(address, $"{domain}/away").WriteAsync(instance);
        await using (var sieve = (await TextDialogue.OpenManageSieveAsync(instance.ManageSieve, instance.CaFile, address, MailData.Password))!)
            Assert.StartsWith("OK", await sieve.AskAsync("PUTSCRIPT \"adminpanel\" {5+}\r\nkeep;"), StringComparison.Ordinal);

        Assert.Equal("refused", await SetAsync(instance, address, "Away."));
        Assert.Equal("keep;", await File.ReadAllTextAsync(Path.Combine(instance.MailRoot, domain, "away/sieve/adminpanel.sieve")));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd");

    /// <returns>How far the mail server's script has come.</returns>
    private static async Task<string?> SetAsync(TrialInstance instance, string address, string text, params string[] options)
    {
        var (status, output, errors) = await instance.PanelAsync(["mailbox", "vacation", "set", address, "--text-stdin", "--json", .. options], text);
        Assert.True(status == 0, errors);
        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty("script").GetString();
    }

    /// <param name="from">An address, or the local part of one elsewhere.</param>
    /// <param name="header">A line in place of the one of that name, or beside the others.</param>
    private static async Task SendAsync(TrialInstance instance, string from, string to, string header = "X-Test: none")
    {
        var sender = from.Length == 0 || from.Contains('@', StringComparison.Ordinal) ? from : from + "@example.net";
        var lines = new Dictionary<string, string> { ["From"] = $"<{sender}>", ["To"] = $"<{to}>", ["Subject"] = "hello" };
        lines[header.Split(": ")[0]] = header.Split(": ")[1];
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal(250, (await smtp.SendAsync(sender, to, string.Concat(lines.Select(l => $"{l.Key}: {l.Value}\n")) + "\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
    }

    /// <summary>What left for a sender whose address holds the text.</summary>
    private static IReadOnlyList<string> Answers(TrialInstance instance, string sender) =>
        [.. Directory.GetFiles(instance.Outbox, "*.eml").Select(File.ReadAllText).Where(text => text.Split("X-Envelope-To: ")[1].Split('\r')[0].Contains(sender, StringComparison.Ordinal))];

    private static async Task<IReadOnlyList<string>> ScriptsAsync(TrialInstance instance, string address)
    {
        await using var sieve = (await TextDialogue.OpenManageSieveAsync(instance.ManageSieve, instance.CaFile, address, MailData.Password))!;
        return await sieve.ScriptsAsync();
    }
}
