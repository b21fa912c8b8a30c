using System.Text.Json;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Filters;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>Rules, from the verb that sets them to where mail lies.</summary>
public abstract class FilterTests<TStack>
    where TStack : IMailStack
{
    // A folder that no script, no file name and no page likes.
    private const string Hostile = "Käse & \"Brot\" \\ <b>x</b>";

    [StackFact]
    public async Task Mail_is_moved_copied_marked_and_sent_on_until_a_rule_ends_the_others()
    {
        var (instance, address) = await MailboxAsync();
        await SetAsync(instance, address, $$"""
            [
              {"name": "Lists", "conditions": [{"part": "header", "header": "List-Id", "test": "contains", "value": "club"}], "delivery": "move", "folder": "Lists/Club", "stops": true},
              {"name": "Boss", "conditions": [{"part": "from", "test": "is", "value": "boss@example.net"}, {"part": "subject", "test": "starts_with", "value": "*?"}], "delivery": "copy", "folder": "Boss", "marksRead": true, "flags": true, "stops": false},
              {"name": "Onward", "match": "any", "conditions": [{"part": "subject", "test": "contains", "value": "onward"}, {"part": "larger", "value": "100K"}], "delivery": "keep", "sendsTo": "friend.{{address}}", "stops": false},
              {"name": "Gone", "conditions": [{"part": "from", "test": "ends_with", "value": "@pest.example.net"}], "delivery": "nothing"},
              {"name": "Old", "isOn": false, "conditions": [{"part": "subject", "test": "contains", "value": "a"}], "delivery": "trash"}
            ]
            """.Replace($"friend.{address}", $"onward@{address.Split('@')[1]}.example.net", StringComparison.Ordinal));
        var onward = $"onward@{address.Split('@')[1]}.example.net";

        await SendAsync(instance, "boss@example.net", address, "*? and onward", "List-Id: the club <club.example.net>");
        await SendAsync(instance, "boss@example.net", address, "*? and onward");
        await SendAsync(instance, "boss@example.net", address, "x? no star");
        await SendAsync(instance, "a@pest.example.net", address, "buy");

        await using var imap = await SignedInAsync(instance, address);
        Assert.Equal(1, await imap.SelectAsync("Lists/Club"));
        Assert.Equal(1, await imap.SelectAsync("Boss"));
        // Programs show what is subscribed.
        var shown = string.Join('\n', await imap.SayAsync("LSUB \"\" \"*\""));
        foreach (var folder in (string[])["Lists/Club", "Boss", "Junk"]) Assert.Contains($" {folder}", shown, StringComparison.Ordinal);
        Assert.Matches(@"\\Flagged.*\\Seen|\\Seen.*\\Flagged", await FlagsAsync(imap, 1));
        Assert.Equal(2, await imap.SelectAsync());
        Assert.Matches(@"\\Flagged.*\\Seen|\\Seen.*\\Flagged", await FlagsAsync(imap, 1));
        Assert.DoesNotContain("Flagged", await FlagsAsync(imap, 2), StringComparison.Ordinal);
        Assert.Equal(0, await imap.SelectAsync("Trash"));
        Assert.Contains("Subject: *? and onward", Assert.Single(instance.Sent(onward)), StringComparison.Ordinal);
    }

    [StackFact]
    public async Task What_is_sent_on_alone_is_not_kept_and_what_everybody_may_call_a_folder_is_one()
    {
        var (instance, address) = await MailboxAsync();
        var onward = $"alone@{address.Split('@')[1]}.example.net";
        await SetAsync(instance, address, JsonSerializer.Serialize(new object[]
        {
            new { name = "Alone \"; discard; #\\", conditions = new[] { new { part = "subject", test = "is", value = "alone" } }, delivery = "nothing", sendsTo = onward },
            new { name = "Hostile", conditions = new[] { new { part = "subject", test = "contains", value = "\"quoted\" \\ Grüße" } }, delivery = "move", folder = Hostile },
        }));

        await SendAsync(instance, "ann@example.net", address, "alone");
        await SendAsync(instance, "ann@example.net", address, "=?utf-8?Q?\"quoted\"_\\_Gr=C3=BC=C3=9Fe?=");

        Assert.Single(instance.Sent(onward));
        await using var imap = await SignedInAsync(instance, address);
        Assert.Equal(0, await imap.SelectAsync());
        // RFC 3501 section 5.1.3: the a-umlaut is &AOQ-, and the ampersand itself &-.
        Assert.Contains("* 1 EXISTS", string.Join('\n', await imap.SayAsync("SELECT \"K&AOQ-se &- \\\"Brot\\\" \\\\ <b>x</b>\"")), StringComparison.Ordinal);
    }

    /// <summary>The owner's own script and the reply are not in the way of rules, nor rules in theirs.</summary>
    [StackFact]
    public async Task The_reply_is_sent_from_every_folder_and_the_owners_script_runs_for_what_is_still_in_the_inbox()
    {
        var (instance, address) = await MailboxAsync();
        const string own = "require [\"fileinto\", \"mailbox\"];\nfileinto :create \"Own\";\n";
        Assert.True(await TextDialogue.UploadsScriptAsync(instance.ManageSieve, instance.CaFile, address, MailData.Password, own));
        await SetAsync(instance, address, """
            [
              {"name": "Lists", "conditions": [{"part": "subject", "test": "is", "value": "list"}], "folder": "Lists"},
              {"name": "Gone", "conditions": [{"part": "subject", "test": "is", "value": "gone"}], "delivery": "nothing"},
              {"name": "Marked", "conditions": [{"part": "subject", "test": "is", "value": "marked"}], "delivery": "keep", "flags": true}
            ]
            """);
        Assert.Equal(0, (await instance.PanelAsync(["mailbox", "vacation", "set", address, "--text-stdin"], "Away.")).Status);
        var domain = address.Split('@')[1];

        foreach (var subject in (string[])["list", "gone", "marked", "other"]) await SendAsync(instance, $"{subject}.{domain}@example.net", address, subject);

        Assert.Equal([1, 0, 1, 1], ((string[])["list", "gone", "marked", "other"]).Select(subject => instance.Sent($"{subject}.{domain}@example.net").Count));
        await using var imap = await SignedInAsync(instance, address);
        Assert.Equal(1, await imap.SelectAsync("Lists"));
        Assert.Equal(2, await imap.SelectAsync("Own"));
        Assert.Contains("Flagged", await FlagsAsync(imap, 1), StringComparison.Ordinal);
        Assert.Equal(0, await imap.SelectAsync());
        await using var sieve = (await TextDialogue.OpenManageSieveAsync(instance.ManageSieve, instance.CaFile, address, MailData.Password))!;
        Assert.Equal(["adminpanel", "rules ACTIVE"], await sieve.ScriptsAsync());

        Assert.Equal(0, (await instance.PanelAsync(["mailbox", "filter", "clear", address])).Status);
        await SendAsync(instance, $"later.{domain}@example.net", address, "list");
        Assert.Equal(3, await imap.SelectAsync("Own"));
        Assert.Single(instance.Sent($"later.{domain}@example.net"));
    }

    /// <summary>Another name, another domain, and a domain of another name: the script lies in the mailbox, and the panel finds it under the name of now.</summary>
    [StackFact]
    public async Task Rules_go_along_with_a_mailbox_that_is_called_otherwise()
    {
        var (instance, first) = await MailboxAsync();
        var (old, other) = (first.Split('@')[1], MailData.NewDomain());
        await new MailData().Domain(other).WriteAsync(instance);
        await SetAsync(instance, first, """[{"name": "Lists", "conditions": [{"part": "subject", "test": "is", "value": "list"}], "folder": "Lists"}]""");

        foreach (var (verb, address) in (IEnumerable<(string[], string)>)
        [
            (["mailbox", "rename", first, $"renamed@{old}"], $"renamed@{old}"), (["mailbox", "rename", $"renamed@{old}", $"moved@{other}"], $"moved@{other}"),
            (["domain", "rename", other, $"renamed-{other}"], $"moved@renamed-{other}"),
        ])
        {
            var (status, _, errors) = await instance.PanelAsync(verb);
            Assert.True(status == 0, errors);
            await SendAsync(instance, "ann@example.net", address, "list");
        }

        var name = $"moved@renamed-{other}";
        Assert.Equal(3, await CountAsync("Lists"));
        // What is changed from here on arrives there, too.
        await SetAsync(instance, name, """[{"name": "Clubs", "conditions": [{"part": "subject", "test": "is", "value": "list"}], "folder": "Clubs"}]""");
        await SendAsync(instance, "ann@example.net", name, "list");
        Assert.Equal((3, 1, 0), (await CountAsync("Lists"), await CountAsync("Clubs"), await CountAsync("INBOX")));

        async Task<int> CountAsync(string folder)
        {
            await using var imap = await SignedInAsync(instance, name);
            return await imap.SelectAsync(folder);
        }
    }

    /// <summary>Dovecot does nothing of a script that wants more than it does, so the most that the panel takes has to work.</summary>
    [StackFact]
    public async Task The_most_that_rules_may_want_of_one_message_is_done()
    {
        var (instance, address) = await MailboxAsync();
        var domain = address.Split('@')[1];
        // 25 that store, 4 that send on, one that stores and ends the others; 20 that would end them in between, so that each is in an "else" of its own.
        var rules = Enumerable.Range(0, 30).SelectMany(i => (object[])
        [
            .. i is > 0 and <= 20 ? [Rule($"end{i}", "nothing", "trash", null, null, stops: true)] : Array.Empty<object>(),
            i is >= 25 and < 29 ? Rule($"send{i}", "many", "keep", null, $"many{i}@{domain}.example.net", stops: false) : Rule($"store{i}", "many", "move", $"F{i}", null, stops: i == 29),
        ]).ToList();
        Assert.Equal(50, rules.Count);
        await SetAsync(instance, address, JsonSerializer.Serialize(rules));
        Assert.Equal(0, (await instance.PanelAsync(["mailbox", "vacation", "set", address, "--text-stdin"], "Away.")).Status);

        await SendAsync(instance, $"many.{domain}@example.net", address, "many");

        await using var imap = await SignedInAsync(instance, address);
        foreach (var i in Enumerable.Range(0, 25).Append(29)) Assert.Equal((i, 1), (i, await imap.SelectAsync($"F{i}")));
        foreach (var i in Enumerable.Range(25, 4)) Assert.Single(instance.Sent($"many{i}@{domain}.example.net"));
        Assert.Single(instance.Sent($"many.{domain}@example.net"));
        Assert.Equal(0, await imap.SelectAsync());
    }

    /// <summary>The panel tries rules by itself, for whoever asks what they would do; that has to be what they do.</summary>
    [StackFact]
    public async Task What_trying_rules_says_is_what_the_mail_server_does()
    {
        var (instance, address) = await MailboxAsync();
        FilterCondition[] conditions =
        [
            .. Enum.GetValues<FilterTest>().SelectMany(test => (FilterCondition[])
            [
                new(FilterPart.From, test, null, "Ann@EXAMPLE.net"), new(FilterPart.From, test, null, "ann"), new(FilterPart.Subject, test, null, "re: *? Grüße"),
            ]),
            new(FilterPart.From, FilterTest.Contains, null, "Ann Ox"), new(FilterPart.To, FilterTest.Is, null, "list@example.net"), new(FilterPart.To, FilterTest.EndsWith, null, "@EXAMPLE.net"),
            new(FilterPart.Subject, FilterTest.Contains, null, "GRÜSSE"), new(FilterPart.Header, FilterTest.ContainsNot, "X-None", "x"), new(FilterPart.Smaller, FilterTest.Is, null, "100000"), new(FilterPart.Larger, FilterTest.Is, null, "100000"),
        ];
        var rules = conditions.Select((c, i) => new FilterRule { Name = $"C{i}", Conditions = [c], Delivery = FilterDelivery.Copy, Folder = $"C{i}" }).ToList();
        await SetAsync(instance, address, JsonSerializer.Serialize(conditions.Select((c, i) => new
        {
            name = $"C{i}",
            conditions = new[] { new { part = JsonNamingPolicy.SnakeCaseLower.ConvertName($"{c.Part}"), test = JsonNamingPolicy.SnakeCaseLower.ConvertName($"{c.Test}"), header = c.Header, value = c.Value } },
            delivery = "copy", folder = $"C{i}", stops = false,
        })));

        await using (var smtp = await SmtpDialogue.OpenAsync(instance.Smtp))
            Assert.Equal(250, (await smtp.SendAsync("ann@example.net", address, $"From: Ann Ox <ann@Example.net>\nTo: <{address}>,\n List <list@example.net>\nSubject: =?utf-8?Q?Re:_*=3F_Gr=C3=BC=C3=9Fe?=\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());

        await using var imap = await SignedInAsync(instance, address);
        var folders = string.Join('\n', await imap.SayAsync("LIST \"\" \"C*\""));
        var message = new TrialMessage("Ann Ox <ann@Example.net>", $"{address}, List <list@example.net>", "Re: *? Grüße", IsSpam: false);
        var expected = FilterTrial.Applying(rules, message, isSpamMarked: false).Select(r => r.Name).ToList();
        Assert.Equal(expected, rules.Select(r => r.Name).Where(name => folders.Contains($" {name}\n", StringComparison.Ordinal) || folders.Contains($" {name}\r", StringComparison.Ordinal) || folders.EndsWith($" {name}", StringComparison.Ordinal)));
        Assert.InRange(expected.Count, 10, 20);
    }

    private static object Rule(string name, string value, string delivery, string? folder, string? sendsTo, bool stops) =>
        new { name, conditions = new[] { new { part = "subject", test = "contains", value } }, delivery, folder, sendsTo, stops };

    private static async Task<(TrialInstance Instance, string Address)> MailboxAsync()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox("sorts@" + domain, $"{domain}/sorts").WriteAsync(instance);
        return (instance, "sorts@" + domain);
    }

    private static async Task SetAsync(TrialInstance instance, string address, string rules)
    {
        var (status, _, errors) = await instance.PanelAsync(["mailbox", "filter", "set", address], rules);
        Assert.True(status == 0, errors);
        var (_, text, _) = await instance.PanelAsync(["mailbox", "filter", "list", address]);
        Assert.DoesNotContain("mail server:", text, StringComparison.Ordinal);
    }

    private static async Task SendAsync(TrialInstance instance, string from, string to, string subject, string header = "X-Test: none")
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal(250, (await smtp.SendAsync(from, to, $"From: <{from}>\nTo: <{to}>\nSubject: {subject}\n{header}\nMessage-Id: <{Guid.NewGuid():N}@example.net>\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
    }

    private static async Task<ImapDialogue> SignedInAsync(TrialInstance instance, string address)
    {
        var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.True(await imap.SignInAsync(address, MailData.Password));
        return imap;
    }

    private static async Task<string> FlagsAsync(ImapDialogue imap, int message) => string.Join('\n', await imap.SayAsync($"FETCH {message} (FLAGS)"));
}
