using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>Purged mail is removed by a program that can be killed at any moment and goes on where it was, and takes nobody else's mail.</summary>
public sealed class PurgeTests
{
    [MailStackFact]
    public async Task Purged_mail_is_removed_and_the_address_starts_anew()
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox($"bob@{domain}", $"{domain}/bob").Mailbox($"eve@{domain}", $"{domain}/eve").WriteAsync(instance);
        foreach (var name in (string[])["bob", "eve"]) await DeliverAsync(instance, $"{name}@{domain}");
        await RunAsync(instance, "mailbox", "delete", $"bob@{domain}");

        await RunAsync(instance, "mailbox", "purge", $"bob@{domain}");
        Assert.Single(instance.Delivered($"{domain}/bob"));
        await RunAsync(instance, "purge");

        Assert.False(Directory.Exists(Path.Combine(instance.MailRoot, domain, "bob")));
        Assert.Single(instance.Delivered($"{domain}/eve"));
        Assert.Equal("0", await CountAsync(instance, domain));
        await RunAsync(instance, "mailbox", "add", $"bob@{domain}", "--generate");
    }

    /// <summary>The order, directory first and row last, makes every place to stop at a place to go on from.</summary>
    [MailStackFact]
    public async Task A_purge_that_is_killed_goes_on_at_the_next_run()
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox($"bob@{domain}", $"{domain}/bob").WriteAsync(instance);
        await DeliverAsync(instance, $"bob@{domain}");
        var home = Path.Combine(instance.MailRoot, domain, "bob");
        await FillAsync(home, 30_000);
        await RunAsync(instance, "mailbox", "delete", $"bob@{domain}");
        await RunAsync(instance, "mailbox", "purge", $"bob@{domain}");

        using (var purge = instance.StartPanel("purge"))
        {
            var last = Path.Combine(home, "Maildir/cur");
            while (Directory.Exists(last) && Directory.EnumerateFiles(last).Take(30_000).Count() == 30_000 && !purge.HasExited) await Task.Delay(5);
            purge.Kill();
            await purge.WaitForExitAsync();
        }
        // Wherever it was: what is still there is still written down.
        if (Directory.Exists(home)) Assert.Equal("1", await CountAsync(instance, domain));
        await RunAsync(instance, "purge");

        Assert.False(Directory.Exists(home));
        Assert.Equal("0", await CountAsync(instance, domain));
        // Killed between the directory and the row, it finds no directory, and that is as good.
        await instance.ExecuteAsync($"INSERT INTO purges (home, name, requested_at, requested_by) VALUES ('{domain}/bob', 'bob@{domain}', UTC_TIMESTAMP(6), 'root')");
        await RunAsync(instance, "purge");
        Assert.Equal("0", await CountAsync(instance, domain));
    }

    [MailStackFact]
    public async Task A_home_that_became_a_link_or_is_somebody_elses_stays()
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox($"eve@{domain}", $"{domain}/eve").WriteAsync(instance);
        await DeliverAsync(instance, $"eve@{domain}");
        Directory.CreateSymbolicLink(Path.Combine(instance.MailRoot, domain, "link"), "eve");
        foreach (var home in (string[])[$"{domain}/link", $"{domain}/eve", domain, $"{domain}/eve/Maildir"])
            await instance.ExecuteAsync($"INSERT INTO purges (home, name, requested_at, requested_by) VALUES ('{home}', 'x', UTC_TIMESTAMP(6), 'root')");

        var (status, _, errors) = await instance.PanelAsync(["purge"]);

        Assert.Equal(1, status);
        Assert.Contains("symbolic link", errors, StringComparison.Ordinal);
        Assert.Equal(3, errors.Split($"home of eve@{domain}").Length - 1);
        Assert.Single(instance.Delivered($"{domain}/eve"));
        await instance.ExecuteAsync($"DELETE FROM purges WHERE home LIKE '{domain}%'");
    }

    /// <summary>A directory that its owner may not write is a disk that fails in the middle.</summary>
    [MailStackFact]
    public async Task What_cannot_go_holds_up_nothing_else_and_is_told()
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox($"bob@{domain}", $"{domain}/bob").Mailbox($"eve@{domain}", $"{domain}/eve").WriteAsync(instance);
        foreach (var name in (string[])["bob", "eve"])
        {
            await DeliverAsync(instance, $"{name}@{domain}");
            await RunAsync(instance, "mailbox", "delete", $"{name}@{domain}");
            await RunAsync(instance, "mailbox", "purge", $"{name}@{domain}");
        }
        var folder = Path.Combine(instance.MailRoot, domain, "bob/Maildir/new");
        var mail = Assert.Single(Directory.GetFiles(folder));
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var (status, output, errors) = await instance.PanelAsync(["purge", "--json"]);

        Assert.Equal(3, status);
        Assert.Matches($@"bob@{domain}: \d+ files and directories of {domain}/bob are gone; not .*: Permission denied\. Mend it and run adminpanel purge again\.", errors);
        Assert.Contains("\"outcome\": \"failed\"", output, StringComparison.Ordinal);
        Assert.Equal([mail], Directory.GetFiles(Path.Combine(instance.MailRoot, domain), "*", SearchOption.AllDirectories));
        Assert.Equal("1", await CountAsync(instance, domain));

        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await RunAsync(instance, "purge");

        Assert.Empty(Directory.GetDirectories(Path.Combine(instance.MailRoot, domain)));
        Assert.Equal($"bob@{domain}\neve@{domain}", (await instance.ExecuteAsync($"SELECT subject FROM audit_entries WHERE action = 'mailbox.remove-mail' AND subject LIKE '%{domain}' ORDER BY subject")).Trim());
    }

    private static async Task FillAsync(string home, int count)
    {
        var folder = Path.Combine(home, "Maildir/cur");
        for (var i = 0; i < count; i++) await File.WriteAllBytesAsync(Path.Combine(folder, $"filler-{i}"), []);
    }

    private static async Task<string> CountAsync(TrialInstance instance, string domain) =>
        (await instance.ExecuteAsync($"SELECT COUNT(*) FROM purges WHERE home LIKE '{domain}/%'")).Trim();

    private static async Task RunAsync(TrialInstance instance, params string[] arguments)
    {
        var (status, _, errors) = await instance.PanelAsync(arguments);
        Assert.True(status == 0, errors);
    }

    private static async Task DeliverAsync(TrialInstance instance, string address)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal((address, 250), (address, (await smtp.SendAsync("friend@example.net", address, $"Subject: to {address}\n\nHello.\n")).Code));
        Assert.Equal("", await instance.SettledQueueAsync());
    }
}
