using System.Diagnostics;
using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>What the panel says a mailbox stores, and when its owner last signed in, is what Dovecot wrote down; it belongs to the mailbox and not to its name.</summary>
public abstract class UsageTests<TStack>
    where TStack : IMailStack
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [StackFact]
    public async Task A_delivered_mail_counts_and_a_mailbox_that_is_created_again_starts_at_nothing()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var address = $"box@{domain}";
        await RunAsync(instance, ["domain", "add", domain]);
        await AddAsync(instance, address);
        Assert.Equal((0, 0, false), await UsageAsync(instance, address));

        await DeliverAsync(instance, address);
        // Of two at once, two processes write what they counted, and the later one may have counted first.
        await AwaitAsync(instance, address, usage => usage.Messages == 1);
        await DeliverAsync(instance, address);

        var (bytes, messages, _) = await AwaitAsync(instance, address, usage => usage.Messages == 2);
        Assert.InRange(bytes, 2 * 5000, 2 * 8000);
        using (var shown = JsonDocument.Parse(await RunAsync(instance, ["domain", "show", domain, "--json"])))
            Assert.Equal((bytes, 2), (shown.RootElement.GetProperty("used").GetProperty("bytes").GetInt64(), shown.RootElement.GetProperty("used").GetProperty("messages").GetInt32()));

        await RunAsync(instance, ["mailbox", "delete", address]);
        Assert.Equal("0", (await instance.ExecuteAsync($"SELECT COUNT(*) FROM mailbox_usage WHERE address = '{address}'")).Trim());
        await RunAsync(instance, ["recycle-bin", "release", address]);
        await AddAsync(instance, address);
        Assert.Equal((0, 0, false), await UsageAsync(instance, address));
    }

    [StackFact]
    public async Task The_last_sign_in_is_kept_by_protocol()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var address = $"box@{domain}";
        await new MailData().Domain(domain).Mailbox(address, $"{domain}/box").WriteAsync(instance);

        var before = DateTime.UtcNow.AddSeconds(-2);
        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile)) Assert.True(await imap.SignInAsync(address, MailData.Password));
        await AwaitAsync(instance, address, usage => usage.HasSignedIn);

        using var first = await ShowAsync(instance, address);
        Assert.InRange(first.RootElement.GetProperty("lastImapAt").GetDateTime(), before, DateTime.UtcNow.AddSeconds(2));
        Assert.Equal(JsonValueKind.Null, first.RootElement.GetProperty("lastPop3At").ValueKind);

        Assert.True(await TextDialogue.SignsInOverPop3Async(instance.Pop3s, instance.CaFile, address, MailData.Password));
        Assert.False(await TextDialogue.SignsInOverPop3Async(instance.Pop3s, instance.CaFile, address, "wrong"));
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            using var shown = await ShowAsync(instance, address);
            if (shown.RootElement.GetProperty("lastPop3At").ValueKind != JsonValueKind.Null) break;
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "The POP3 sign-in was not written down.");
        }
    }

    [StackFact]
    public async Task What_is_deleted_over_imap_is_free_again()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var address = $"box@{domain}";
        await new MailData().Domain(domain).Mailbox(address, $"{domain}/box", quota: 1_000_000).WriteAsync(instance);
        await DeliverAsync(instance, address);
        await AwaitAsync(instance, address, usage => usage.Messages == 1);

        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile))
        {
            await imap.SignInAsync(address, MailData.Password);
            await imap.SelectAsync();
            await imap.SayAsync("STORE 1 +FLAGS (\\Deleted)");
            await imap.SayAsync("EXPUNGE");
            await imap.SayAsync("LOGOUT");
        }

        Assert.Equal(0, (await AwaitAsync(instance, address, usage => usage.Messages == 0)).Bytes);
    }

    private static async Task DeliverAsync(TrialInstance instance, string address)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        var body = string.Concat(Enumerable.Repeat(new string('x', 99) + "\n", 50));
        Assert.Equal(250, (await smtp.SendAsync("friend@example.net", address, $"Subject: counted\n\n{body}")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
    }

    private static async Task<(long Bytes, long Messages, bool HasSignedIn)> AwaitAsync(
        TrialInstance instance, string address, Func<(long Bytes, long Messages, bool HasSignedIn), bool> isDone)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var usage = await UsageAsync(instance, address);
            if (isDone(usage)) return usage;
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"Dovecot wrote {usage}.");
        }
    }

    private static async Task<(long Bytes, long Messages, bool HasSignedIn)> UsageAsync(TrialInstance instance, string address)
    {
        using var shown = await ShowAsync(instance, address);
        var mailbox = shown.RootElement;
        return (mailbox.GetProperty("usedBytes").GetInt64(), mailbox.GetProperty("messages").GetInt64(), mailbox.GetProperty("lastImapAt").ValueKind != JsonValueKind.Null);
    }

    private static async Task<JsonDocument> ShowAsync(TrialInstance instance, string address) =>
        JsonDocument.Parse(await RunAsync(instance, ["mailbox", "show", address, "--json"]));

    private static Task<string> AddAsync(TrialInstance instance, string address) =>
        RunAsync(instance, ["mailbox", "add", address, "--password-stdin"], "a long enough pass phrase\n");

    private static async Task<string> RunAsync(TrialInstance instance, IEnumerable<string> arguments, string input = "")
    {
        var (status, output, errors) = await instance.PanelAsync(arguments, input);
        Assert.True(status == 0, errors);
        return output;
    }
}
