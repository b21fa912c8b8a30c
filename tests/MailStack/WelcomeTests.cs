using System.Diagnostics;
using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>The message that greets a new mailbox arrives in it, and what it says to connect to is what Dovecot listens on.</summary>
public sealed class WelcomeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [MailStackFact]
    public async Task A_new_mailbox_holds_the_message_of_its_domain()
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await RunAsync(instance, "", "domain", "add", domain, "--welcome", "de", "--welcome-text", "Sch\u00f6n, dass Sie da sind.");

        // RFC 2045 section 6.7: a line that ends in = goes on.
        var message = Assert.Single(await GreetedAsync(instance, $"bob@{domain}")).Replace("=\n", "", StringComparison.Ordinal);

        Assert.Contains($"\nSubject: Ihr Postfach bob@{domain}\n", message, StringComparison.Ordinal);
        Assert.Contains($"\nTo: bob@{domain}\n", message, StringComparison.Ordinal);
        Assert.Contains("\nAuto-Submitted: auto-generated\n", message, StringComparison.Ordinal);
        Assert.Contains("Sch=C3=B6n, dass Sie da sind.", message, StringComparison.Ordinal);
        var port = instance.Imaps[(instance.Imaps.LastIndexOf(':') + 1)..];
        Assert.Contains($"Posteingang (IMAP): mail.localhost, Port {port}, SSL/TLS", message, StringComparison.Ordinal);
        Assert.DoesNotContain(MailData.Password, message, StringComparison.Ordinal);
        Assert.Equal("", (await instance.ExecuteAsync($"SELECT n.id FROM notices n JOIN mailboxes m ON m.id = n.mailbox_id JOIN addresses a ON a.id = m.address_id WHERE a.address = 'bob@{domain}'")).Trim());
    }

    [MailStackFact]
    public async Task A_mailbox_that_only_forwards_is_greeted_where_it_forwards_to()
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await RunAsync(instance, "", "domain", "add", domain, "--welcome", "en");
        await RunAsync(instance, MailData.Password + "\n", "mailbox", "add", $"bob@{domain}", "--password-stdin", "--forward", $"bob@{domain}.elsewhere.example", "--keep-copy", "false");

        var sent = await AwaitAsync(() => instance.Sent($"bob@{domain}.elsewhere.example"));

        Assert.Contains($"Subject: Your mailbox bob@{domain}", Assert.Single(sent), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> GreetedAsync(TrialInstance instance, string address)
    {
        await RunAsync(instance, MailData.Password + "\n", "mailbox", "add", address, "--password-stdin");
        using var shown = JsonDocument.Parse(await RunAsync(instance, "", "mailbox", "show", address, "--json"));
        var home = shown.RootElement.GetProperty("home").GetString()!;
        return await AwaitAsync(() => instance.Delivered(home));
    }

    private static async Task<IReadOnlyList<string>> AwaitAsync(Func<IReadOnlyList<string>> read)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (read() is { Count: > 0 } messages) return messages;
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "No message came.");
            await Task.Delay(200);
        }
    }

    private static async Task<string> RunAsync(TrialInstance instance, string input, params string[] arguments)
    {
        var (status, output, errors) = await instance.PanelAsync(arguments, input);
        Assert.True(status == 0, errors);
        return output;
    }
}
