using System.Diagnostics;
using System.Net;
using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// The attack: somebody has the password and reads the mail from elsewhere. The owner is told by a message, which is
/// made of what Dovecot reported, and comes through Postfix and LMTP into the mailbox.
/// </summary>
public abstract class NetworkMessageTests<TStack>
    where TStack : IMailStack
{
    private const string Known = "127.9.8.6";
    private const string New = "127.9.8.7";
    private const string Newer = "127.9.8.8";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [StackFact]
    public async Task A_sign_in_from_a_new_network_is_told_once_in_the_owner_s_language_and_one_from_a_known_network_is_not()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var (owner, home) = ($"owner@{domain}", $"{domain}/owner");
        await new MailData().Domain(domain).Mailbox(owner, home).WriteAsync(instance);
        await ReadsAsync(instance, owner, Known, times: 1);
        using var visitor = new PanelVisitor(instance.Panel);
        await visitor.SubmitAsync("/sign-in", ("Input.Login", owner), ("Input.Password", MailData.Password));
        // By then it is known where the panel is read from: that is no news either.
        await AwaitSignInAsync(instance, owner, "panel ", " 1");
        Assert.Equal(HttpStatusCode.OK, await visitor.PressAsync("/me", "/appearance?handler=Language", ("language", "de")));
        Assert.Equal(HttpStatusCode.OK, await visitor.PressAsync("/me/sign-ins", "/me/sign-ins?handler=Tell", ("tells", "true")));

        await ReadsAsync(instance, owner, Known, times: 2);
        await ReadsAsync(instance, owner, New, times: 1);
        var first = Assert.Single(await AwaitMessagesAsync(instance, home, 1));
        await ReadsAsync(instance, owner, New, times: 2);
        await ReadsAsync(instance, owner, Known, times: 3);
        // The one behind which another one would have come.
        await SubmitsAsync(instance, owner, Newer);
        var both = await AwaitMessagesAsync(instance, home, 2);

        AssertTells(first, $"Neue Anmeldung bei {owner}", $"Jemand hat sich bei {owner} aus {New} angemeldet", "beim Lesen (IMAP)");
        AssertTells(Assert.Single(both, message => message != first), $"Neue Anmeldung bei {owner}", $"Jemand hat sich bei {owner} aus {Newer} angemeldet");
        Assert.Equal("0", (await instance.ExecuteAsync($"SELECT COUNT(*) FROM notices n JOIN mailboxes m ON m.id = n.mailbox_id WHERE m.home = '{home}'")).Trim());
    }

    private static void AssertTells(string message, string subject, params string[] words)
    {
        Assert.Contains($"\nSubject: {subject}\n", message, StringComparison.Ordinal);
        var text = QuotedPrintable.Decode(message).ReplaceLineEndings(" ");
        Assert.All(words, word => Assert.True(text.Contains(word, StringComparison.Ordinal), $"{word} is not in: {text}"));
    }

    /// <summary>Signs in over IMAP, and waits until the panel has written it down.</summary>
    private static async Task ReadsAsync(TrialInstance instance, string owner, string from, int times)
    {
        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile, from)) Assert.True(await imap.SignInAsync(owner, MailData.Password));

        await AwaitSignInAsync(instance, owner, $"imap {from} ", $" {times}");
    }

    /// <summary>Reports are written down a second later.</summary>
    /// <param name="begin">Of "service address times", as the shell shows a sign-in.</param>
    private static async Task AwaitSignInAsync(TrialInstance instance, string owner, string begin, string end)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var (status, output, errors) = await instance.PanelAsync(["mailbox", "sign-ins", owner, "--json"]);
            Assert.True(status == 0, errors);
            using var json = JsonDocument.Parse(output);
            var seen = json.RootElement.GetProperty("accepted").EnumerateArray().Select(r => $"{r.GetProperty("service").GetString()} {r.GetProperty("remoteAddress").GetString()} {r.GetProperty("times").GetInt64()}");
            if (seen.Any(s => s.StartsWith(begin, StringComparison.Ordinal) && s.EndsWith(end, StringComparison.Ordinal))) return;
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"{begin}: {output}");
        }
    }

    private static async Task SubmitsAsync(TrialInstance instance, string owner, string from)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile, from);
        Assert.Equal(235, (await smtp.SignInAsync(owner, MailData.Password)).Code);
    }

    private static async Task<IReadOnlyList<string>> AwaitMessagesAsync(TrialInstance instance, string home, int count)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (instance.Delivered(home) is { } messages && messages.Count >= count) return messages;
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"message {count} did not come");
            await Task.Delay(200);
        }
    }
}
