using System.Diagnostics;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>What became of the mail of an instance: its queue, its mailboxes' files and its outbox.</summary>
internal static class Mailroom
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until Postfix has nothing left to do.</summary>
    /// <returns>The queue as postqueue -j tells it: empty, unless something was deferred.</returns>
    public static async Task<string> SettledQueueAsync(this TrialInstance instance)
    {
        var started = Stopwatch.GetTimestamp();
        var wasQuiet = false;
        while (true)
        {
            var (_, queue, errors) = await instance.RunDaemonsAsync("/usr/sbin/postqueue", ["-c", Path.Combine(instance.Config, "postfix"), "-j"]);
            var isBusy = queue.Contains("\"queue_name\": \"active\"", StringComparison.Ordinal)
                || queue.Contains("\"queue_name\": \"incoming\"", StringComparison.Ordinal)
                || queue.Contains("\"queue_name\": \"maildrop\"", StringComparison.Ordinal);
            // Twice: postqueue reads one directory after the other, and a message that moves meanwhile is in none of them.
            if (!isBusy && wasQuiet) return queue;
            wasQuiet = !isBusy;
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new TimeoutException($"Mail is still on its way: {queue}{errors}");
            await Task.Delay(50);
        }
    }

    /// <summary>The messages in the INBOX of a mailbox.</summary>
    public static IReadOnlyList<string> Delivered(this TrialInstance instance, string home) =>
        [.. ((string[])["new", "cur"]).Select(folder => Path.Combine(instance.MailRoot, home, "Maildir", folder)).Where(Directory.Exists).SelectMany(Directory.GetFiles).Select(File.ReadAllText)];

    /// <summary>The messages that left for an address of another host.</summary>
    public static IReadOnlyList<string> Sent(this TrialInstance instance, string address) =>
        [.. Directory.GetFiles(instance.Outbox, "*.eml").Select(File.ReadAllText).Where(text => text.Contains($"X-Envelope-To: {address}\r\n", StringComparison.Ordinal))];

    /// <summary>Neither daemon was ever refused an answer by the database.</summary>
    public static async Task AssertNoQueryFailedAsync(this TrialInstance instance)
    {
        foreach (var log in (string[])["postfix.log", "dovecot.log"])
        {
            var said = await File.ReadAllTextAsync(Path.Combine(instance.Log, log));
            // mysql_table(5) and dict_proxy(3) of Postfix; "sql(...): User query failed" of Dovecot.
            Assert.DoesNotContain("query failed", said, StringComparison.Ordinal);
            Assert.DoesNotContain("table lookup problem", said, StringComparison.Ordinal);
        }
    }
}
