using System.Globalization;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>What a verb of the panel changes, the daemons do at once: no file is written and nothing is reloaded.</summary>
public abstract class RoundTripTests<TStack>
    where TStack : IMailStack
{
    private const string First = "correct horse battery";
    private const string Second = "staple for another";

    [StackFact]
    public async Task A_mailbox_that_the_panel_adds_receives_is_read_and_sends()
    {
        var instance = await TStack.Instance;
        var domain = await AddDomainAsync(instance);
        await AddMailboxAsync(instance, "anna@" + domain);
        await AddMailboxAsync(instance, "ben@" + domain);

        await using var outside = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal(250, (await outside.SendAsync("friend@example.net", "anna@" + domain, "Subject: to anna\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
        Assert.Contains("Subject: to anna", await ReadOnlyMessageAsync(instance, "anna@" + domain, First), StringComparison.Ordinal);

        await using var submission = await SmtpDialogue.OpenAsync(instance.Submission);
        await submission.StartTlsAsync(instance.CaFile);
        Assert.Equal(235, (await submission.SignInAsync("anna@" + domain, First)).Code);
        Assert.Equal(250, (await submission.SendAsync("anna@" + domain, "ben@" + domain, "Subject: to ben\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
        Assert.Contains("Subject: to ben", await ReadOnlyMessageAsync(instance, "ben@" + domain, First), StringComparison.Ordinal);
    }

    [StackFact]
    public async Task A_new_password_is_the_only_one_that_imap_takes()
    {
        var instance = await TStack.Instance;
        var address = "carla@" + await AddDomainAsync(instance);
        await AddMailboxAsync(instance, address);
        Assert.True(await SignsInAsync(instance, address, First));

        await DoAsync(instance, Second, "mailbox", "passwd", address, "--password-stdin");

        Assert.False(await SignsInAsync(instance, address, First));
        Assert.True(await SignsInAsync(instance, address, Second));
    }

    /// <summary>Somebody gets the address of somebody who left, and must not get the mail that still lies on disk.</summary>
    [StackFact]
    public async Task A_mailbox_deleted_and_added_again_is_empty()
    {
        var instance = await TStack.Instance;
        var address = "dora@" + await AddDomainAsync(instance);
        await AddMailboxAsync(instance, address);
        await using var outside = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal(250, (await outside.SendAsync("friend@example.net", address, "Subject: private\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
        Assert.Contains("Subject: private", await ReadOnlyMessageAsync(instance, address, First), StringComparison.Ordinal);

        await DoAsync(instance, "", "mailbox", "delete", address);
        Assert.False(await SignsInAsync(instance, address, First));
        await using var after = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal(550, (await after.SendAsync("friend@example.net", address, "Subject: too late\n\nHello.\n")).Code);
        await DoAsync(instance, "", "recycle-bin", "release", address);
        await AddMailboxAsync(instance, address);

        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.True(await imap.SignInAsync(address, First));
        Assert.Equal(0, await imap.SelectAsync());
    }

    [StackFact]
    public async Task An_inactive_domain_stops_delivery_and_sign_in_until_it_is_active_again()
    {
        var instance = await TStack.Instance;
        var domain = await AddDomainAsync(instance);
        var address = "emil@" + domain;
        await AddMailboxAsync(instance, address);

        await DoAsync(instance, "", "domain", "set", domain, "--active", "false");
        Assert.False(await SignsInAsync(instance, address, First));
        await using (var outside = await SmtpDialogue.OpenAsync(instance.Smtp))
            Assert.Equal(554, (await outside.SendAsync("friend@example.net", address, "Subject: no\n\nHello.\n")).Code);

        await DoAsync(instance, "", "domain", "set", domain, "--active", "true");
        Assert.True(await SignsInAsync(instance, address, First));
        // In another spelling: an smtpd(8) that has refused an address remembers where it leads until the process ends.
        await using (var outside = await SmtpDialogue.OpenAsync(instance.Smtp))
            Assert.Equal(250, (await outside.SendAsync("friend@example.net", "emil+again@" + domain, "Subject: yes\n\nHello.\n")).Code);
    }

    /// <summary>The shared instance's database and programs are in zones hours away from UTC; what is written is UTC all the same.</summary>
    [StackFact]
    public async Task Times_are_utc_whatever_the_zones_of_database_and_program()
    {
        var instance = await TStack.Instance;
        Assert.Equal(TrialInstance.DatabaseTimeZone, (await instance.ExecuteAsync("SELECT @@global.time_zone")).Trim());

        var domain = await AddDomainAsync(instance);

        var createdAt = (await instance.ExecuteAsync($"SELECT created_at FROM domains WHERE name = '{domain}'")).Trim();
        var auditedAt = (await instance.ExecuteAsync($"SELECT at FROM audit_entries WHERE subject = '{domain}'")).Trim();
        foreach (var text in (string[])[createdAt, auditedAt])
        {
            var time = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
            Assert.InRange(time, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow);
        }
    }

    private static async Task<string> AddDomainAsync(TrialInstance instance)
    {
        var domain = "trip-" + MailData.NewDomain();
        await DoAsync(instance, "", "domain", "add", domain);
        return domain;
    }

    private static Task AddMailboxAsync(TrialInstance instance, string address) => DoAsync(instance, First, "mailbox", "add", address, "--password-stdin");

    private static async Task DoAsync(TrialInstance instance, string input, params string[] arguments)
    {
        var (status, _, errors) = await instance.PanelAsync(arguments, input + "\n");
        Assert.True(status == 0, errors);
    }

    private static async Task<bool> SignsInAsync(TrialInstance instance, string address, string password)
    {
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        return await imap.SignInAsync(address, password);
    }

    private static async Task<string> ReadOnlyMessageAsync(TrialInstance instance, string address, string password)
    {
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.True(await imap.SignInAsync(address, password));
        Assert.Equal(1, await imap.SelectAsync());
        return await imap.ReadAsync(1);
    }
}
