using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// What the panel switches off for a mailbox is refused by the daemon that serves it, and by no other; networks count
/// for every protocol. Delivery never asks.
/// </summary>
public abstract class AccessTests<TStack> : IAsyncLifetime
    where TStack : IMailStack
{
    private static readonly Lazy<Task> Rows = new(WriteRowsAsync);

    // All at once, when the first is asked for: Dovecot answers a refused sign-in two seconds later.
    private static readonly Lazy<Dictionary<string, Task<string>>> Tried = new(() => Switched.ToDictionary(row => (string)row[0], async row => await (await TStack.Instance).OpenDoorsAsync($"{row[0]}@access.example")));

    public Task InitializeAsync() => Rows.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    public static TheoryData<string, string> Switched => new()
    {
        { "all", "imap pop3 smtp sieve" },
        { "no-imap", "pop3 smtp sieve" },
        { "no-pop3", "imap smtp sieve" },
        { "no-smtp", "imap pop3 sieve" },
        { "no-sieve", "imap pop3 smtp" },
        { "nothing", "" },
        { "from-here", "imap pop3 smtp sieve" },
        { "from-here-in-a-list", "imap pop3 smtp sieve" },
        { "from-elsewhere", "" },
    };

    [StackTheory]
    [MemberData(nameof(Switched))]
    public async Task A_protocol_that_is_switched_off_is_refused_and_the_others_work(string local, string expected) => Assert.Equal(expected, await Tried.Value[local]);

    [StackTheory]
    [InlineData("nothing")]
    [InlineData("from-elsewhere")]
    public async Task Mail_arrives_whatever_is_switched_off(string local)
    {
        var instance = await TStack.Instance;
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);

        Assert.Equal(250, (await smtp.SendAsync("friend@example.net", $"{local}@access.example", $"Subject: to {local}\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
        Assert.Contains(instance.Delivered("acc/" + local), text => text.Contains($"Subject: to {local}", StringComparison.Ordinal));
        var (found, _, errors) = await instance.RunDaemonsAsync("/usr/bin/doveadm", ["-c", Path.Combine(instance.Config, "dovecot/dovecot.conf"), "user", $"{local}@access.example"]);
        Assert.True(found == 0, errors);
    }

    /// <summary>From the command line to the daemons: no reload in between.</summary>
    [StackFact]
    public async Task A_switch_set_on_the_command_line_counts_at_the_next_sign_in()
    {
        var instance = await TStack.Instance;
        const string Address = "by-hand@access.example";

        await SetAsync(instance, Address, "--no-pop3", "--networks", "127.0.0.0/8", "2001:db8::/32");
        Assert.Equal("imap smtp sieve", await instance.OpenDoorsAsync(Address));

        await SetAsync(instance, Address, "--pop3", "--no-sieve", "--networks", "192.0.2.0/24");
        Assert.Equal("", await instance.OpenDoorsAsync(Address));

        await SetAsync(instance, Address, "--networks", "none");
        Assert.Equal("imap pop3 smtp", await instance.OpenDoorsAsync(Address));
    }

    /// <summary>A password that is older than its domain allows opens nothing, submission included; mail arrives, and another password opens all again.</summary>
    [StackFact]
    public async Task An_expired_password_stops_every_sign_in_and_no_mail()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var address = $"box@{domain}";
        await new MailData().Domain(domain).Mailbox(address, $"{domain}/box").WriteAsync(instance);
        await instance.ExecuteAsync($"UPDATE mailboxes SET password_changed_at = UTC_TIMESTAMP(6) - INTERVAL 30 DAY WHERE home = '{domain}/box'");
        Assert.Equal("imap pop3 smtp sieve", await instance.OpenDoorsAsync(address));

        await RunAsync(instance, ["domain", "set", domain, "--password-max-age", "30"]);
        Assert.Equal("", await instance.OpenDoorsAsync(address));
        Assert.Contains("password expired", await RunAsync(instance, ["mailbox", "show", address]), StringComparison.Ordinal);
        await using (var smtp = await SmtpDialogue.OpenAsync(instance.Smtp))
            Assert.Equal(250, (await smtp.SendAsync("friend@example.net", address, "Subject: still here\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
        Assert.Single(instance.Delivered($"{domain}/box"));

        await RunAsync(instance, ["domain", "set", domain, "--password-max-age", "31"]);
        Assert.Equal("imap pop3 smtp sieve", await instance.OpenDoorsAsync(address));
        await RunAsync(instance, ["domain", "set", domain, "--password-max-age", "1"]);
        await RunAsync(instance, ["mailbox", "passwd", address, "--password-stdin"], "another long pass phrase\n");
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.True(await imap.SignInAsync(address, "another long pass phrase"));
    }

    private static async Task<string> RunAsync(TrialInstance instance, IEnumerable<string> arguments, string input = "")
    {
        var (status, output, errors) = await instance.PanelAsync(arguments, input);
        Assert.True(status == 0, errors);
        return output;
    }

    private static async Task SetAsync(TrialInstance instance, string address, params IEnumerable<string> options)
    {
        var (status, _, errors) = await instance.PanelAsync(["mailbox", "set", address, .. options]);
        Assert.True(status == 0, errors);
    }

    private static async Task WriteRowsAsync()
    {
        var instance = await TStack.Instance;
        var data = new MailData().Domain("access.example");
        foreach (var local in (string[])["all", "no-imap", "no-pop3", "no-smtp", "no-sieve", "nothing", "from-here", "from-here-in-a-list", "from-elsewhere", "by-hand"])
            data.Mailbox($"{local}@access.example", $"acc/{local}");
        await data.WriteAsync(instance);
        await instance.ExecuteAsync("""
            UPDATE mailboxes m JOIN addresses a ON a.id = m.address_id SET
                allows_imap = a.address NOT IN ('no-imap@access.example', 'nothing@access.example'),
                allows_pop3 = a.address NOT IN ('no-pop3@access.example', 'nothing@access.example'),
                allows_smtp = a.address NOT IN ('no-smtp@access.example', 'nothing@access.example'),
                allows_sieve = a.address NOT IN ('no-sieve@access.example', 'nothing@access.example'),
                allowed_networks = CASE a.address
                    WHEN 'from-here@access.example' THEN '127.0.0.1'
                    WHEN 'from-here-in-a-list@access.example' THEN '127.0.0.0/8,192.0.2.0/24,2001:db8::/32'
                    WHEN 'from-elsewhere@access.example' THEN '192.0.2.0/24,2001:db8::/32' END
            WHERE a.address LIKE '%@access.example'
            """);
    }
}
