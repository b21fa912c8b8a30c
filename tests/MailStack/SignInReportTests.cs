using System.Diagnostics;
using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>What the panel says of sign-ins is what Dovecot decided, submission through Postfix included.</summary>
public abstract class SignInReportTests<TStack>
    where TStack : IMailStack
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [StackFact]
    public async Task Every_protocol_is_reported_accepted_or_refused()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var (open, narrow) = ($"open@{domain}", $"narrow@{domain}");
        await new MailData().Domain(domain).Mailbox(open, $"{domain}/open").Mailbox(narrow, $"{domain}/narrow").WriteAsync(instance);
        Assert.Equal(0, (await instance.PanelAsync(["mailbox", "set", narrow, "--no-imap"])).Status);

        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile)) Assert.True(await imap.SignInAsync(open, MailData.Password));
        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile)) Assert.False(await imap.SignInAsync(open, "wrong"));
        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile)) Assert.False(await imap.SignInAsync(narrow, MailData.Password));
        Assert.True(await TextDialogue.SignsInOverPop3Async(instance.Pop3s, instance.CaFile, open, MailData.Password));
        await using (var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile)) Assert.Equal(235, (await smtp.SignInAsync(open, MailData.Password)).Code);
        await using (var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile)) Assert.Equal(535, (await smtp.SignInAsync(open, "wrong")).Code);

        Assert.Equal(["imap 127.0.0.1 1", "pop3 127.0.0.1 1", "smtp 127.0.0.1 1"], await AwaitAsync(instance, open, "accepted", 3));
        Assert.Equal(["imap 127.0.0.1 1", "smtp 127.0.0.1 1"], await AwaitAsync(instance, open, "refused", 2));
        Assert.Equal(["imap 127.0.0.1 1"], await AwaitAsync(instance, narrow, "refused", 1));
        Assert.Empty(await SignInsAsync(instance, narrow, "accepted"));
    }

    private static async Task<IReadOnlyList<string>> AwaitAsync(TrialInstance instance, string address, string outcome, int rows)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await SignInsAsync(instance, address, outcome);
            if (seen.Count >= rows) return seen;
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"{address}, {outcome}: {string.Join("; ", seen)}");
        }
    }

    private static async Task<IReadOnlyList<string>> SignInsAsync(TrialInstance instance, string address, string outcome)
    {
        var (status, output, errors) = await instance.PanelAsync(["mailbox", "sign-ins", address, "--json"]);
        Assert.True(status == 0, errors);
        using var json = JsonDocument.Parse(output);
        return [.. json.RootElement.GetProperty(outcome).EnumerateArray()
            .Select(r => $"{r.GetProperty("service").GetString()} {r.GetProperty("remoteAddress").GetString()} {r.GetProperty("times").GetInt64()}").Order(StringComparer.Ordinal)];
    }
}
