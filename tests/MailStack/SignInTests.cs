using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

public abstract class SignInTests<TStack> : IAsyncLifetime
    where TStack : IMailStack
{
    private static readonly Lazy<Task> Rows = new(WriteRowsAsync);

    // All at once, when the first is asked for: Dovecot answers a wrong password two seconds later.
    private static readonly Lazy<Dictionary<(string, string), Task<(bool Imap, int Submission)>>> Tried = new(() => Tries.ToDictionary(row => ((string)row[0], (string)row[1]), row => TryAsync((string)row[0], (string)row[1])));

    /// <summary>Every character of a mailbox's local part that is neither a letter nor a digit; a dot stands between others only.</summary>
    public static TheoryData<string> Signs => [.. LocalPart.MailboxCharacters.Where(sign => !char.IsAsciiLetterOrDigit(sign)).Select(sign => sign.ToString())];

    public Task InitializeAsync() => Rows.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    public static TheoryData<string, string, bool> Tries => new()
    {
        { "box@signin.example", MailData.Password, true },
        { "Box@SignIn.example", MailData.Password, true },
        { "box@signin.example", "another password", false },
        { "box@signin.example", "", false },
        { "off@signin.example", MailData.Password, false },
        { "dated@signin.example", MailData.Password, true },
        { "expired@signin.example", MailData.Password, false },
        { "scheduled@signin.example", MailData.Password, false },
        { "box@signin-off.example", MailData.Password, false },
        { "alias@signin.example", MailData.Password, false },
        { "box@signin-alias.example", MailData.Password, true },
        { "box@signin-alias.example", "another password", false },
        { "off@signin-alias.example", MailData.Password, false },
        { "box@signin-alias-off.example", MailData.Password, false },
        { "box@signin-off-alias.example", MailData.Password, false },
        { "box+ext@signin.example", MailData.Password, false },
        { "box", MailData.Password, false },
        { "box@signin.example'-- ", MailData.Password, false },
    };

    [StackTheory]
    [MemberData(nameof(Tries))]
    public async Task An_active_mailbox_signs_in_with_its_password_and_nobody_else(string user, string password, bool expected) =>
        Assert.Equal((expected, expected ? 235 : 535), await Tried.Value[(user, password)]);

    // Of openssl passwd -1 and md5sum(1).
    [StackTheory]
    [InlineData("md5crypt", "{MD5-CRYPT}$1$oldsalt1$rTKCCDyQaHY/0bNzHacmv.")]
    [InlineData("bare", "$1$oldsalt1$rTKCCDyQaHY/0bNzHacmv.")]
    [InlineData("plainmd5", "{PLAIN-MD5}fe6e59609edf67940ce036c39061083b")]
    public async Task A_weak_hash_from_an_older_server_still_signs_in(string local, string stored)
    {
        var instance = await TStack.Instance;
        var address = $"{local}@{MailData.NewDomain()}";
        await new MailData().Domain(address.Split('@')[1]).Mailbox(address, $"weak/{local}").WriteAsync(instance);
        await instance.ExecuteAsync($"UPDATE mailboxes SET password_hash = '{stored}' WHERE home = 'weak/{local}'");

        Assert.True(await SignsInOverImapAsync(instance, address, MailData.Password));
        Assert.False(await SignsInOverImapAsync(instance, address, "another password"));
    }

    /// <summary>Dovecot's own limit, of TLS connections at one time, is a hundred for all.</summary>
    [StackFact]
    public async Task More_than_a_hundred_programs_are_connected_at_once()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        string[] addresses = [.. Enumerable.Range(0, 8).Select(n => $"box{n}@{domain}")];
        var data = new MailData().Domain(domain);
        foreach (var address in addresses) data.Mailbox(address, address);
        await data.WriteAsync(instance);

        var open = new List<ImapDialogue>();
        try
        {
            foreach (var address in Enumerable.Repeat(addresses, 16).SelectMany(all => all))
            {
                open.Add(await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile));
                Assert.True(await open[^1].SignInAsync(address, MailData.Password), $"{open.Count}");
            }
            foreach (var imap in open) Assert.StartsWith("OK", (await imap.SayAsync("NOOP"))[^1], StringComparison.Ordinal);
        }
        finally
        {
            foreach (var imap in open) await imap.DisposeAsync();
        }
    }

    [StackFact]
    public async Task Submission_with_tls_from_the_first_octet_takes_a_sign_in_too()
    {
        var instance = await TStack.Instance;
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile);

        Assert.Contains("AUTH PLAIN", smtp.Offers, StringComparison.Ordinal);
        Assert.Equal(235, (await smtp.SignInAsync("box@signin.example", MailData.Password)).Code);
    }

    [StackFact]
    public async Task Port_25_never_offers_a_sign_in()
    {
        var instance = await TStack.Instance;
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.DoesNotContain("AUTH", smtp.Offers, StringComparison.Ordinal);
        Assert.Equal(503, (await smtp.SignInAsync("box@signin.example", MailData.Password)).Code);

        await smtp.StartTlsAsync(instance.CaFile);
        Assert.DoesNotContain("AUTH", smtp.Offers, StringComparison.Ordinal);
        Assert.Equal(503, (await smtp.SignInAsync("box@signin.example", MailData.Password)).Code);
    }

    [StackFact]
    public async Task Submission_wants_tls_before_anything_else()
    {
        var instance = await TStack.Instance;
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Submission);

        Assert.DoesNotContain("AUTH", smtp.Offers, StringComparison.Ordinal);
        Assert.Equal(530, (await smtp.SignInAsync("box@signin.example", MailData.Password)).Code);
        Assert.Equal(530, (await smtp.FromAsync("box@signin.example")).Code);
    }

    [StackTheory]
    [MemberData(nameof(Signs))]
    public async Task Every_sign_of_a_mailbox_name_passes_rcpt_lmtp_imap_and_sign_in(string sign)
    {
        var instance = await TStack.Instance;
        var address = $"a{sign}b@signin.example";
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);

        Assert.Equal(250, (await smtp.SendAsync("somebody@example.net", address, "Subject: sign\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.True(await imap.SignInAsync(address, MailData.Password));
        Assert.Equal(1, await imap.SelectAsync());
        Assert.Equal(235, (await SignInOverSubmissionAsync(instance, address, MailData.Password)).Code);
    }

    [StackFact]
    public async Task Doveadm_finds_a_mailbox_its_home_and_its_quota()
    {
        var instance = await TStack.Instance;
        string[] doveadm = ["-c", Path.Combine(instance.Config, "dovecot/dovecot.conf")];

        var (found, fields, _) = await instance.RunDaemonsAsync("/usr/bin/doveadm", [.. doveadm, "user", "limited@signin.example"]);
        Assert.Equal(0, found);
        Assert.Contains($"home\t{instance.MailRoot}/s/limited", fields, StringComparison.Ordinal);
        Assert.Contains(TStack.QuotaOf(1_000_000), fields, StringComparison.Ordinal);
        Assert.Contains("uid\t5000", fields, StringComparison.Ordinal);

        var (_, unlimited, _) = await instance.RunDaemonsAsync("/usr/bin/doveadm", [.. doveadm, "user", "box@signin.example"]);
        Assert.DoesNotContain("quota_", unlimited, StringComparison.Ordinal);

        var (absent, _, _) = await instance.RunDaemonsAsync("/usr/bin/doveadm", [.. doveadm, "user", "off@signin.example"]);
        Assert.Equal(67, absent);

        var (_, all, _) = await instance.RunDaemonsAsync("/usr/bin/doveadm", [.. doveadm, "user", "*@signin.example"]);
        Assert.Contains("box@signin.example", all.Split('\n'));
        Assert.DoesNotContain("off@signin.example", all.Split('\n'));
        Assert.DoesNotContain("expired@signin.example", all.Split('\n'));
        Assert.Contains("dated@signin.example", all.Split('\n'));
    }

    [StackFact]
    public async Task Doveadm_auth_test_tells_a_right_password_from_a_wrong_one()
    {
        var instance = await TStack.Instance;
        string[] test = ["-c", Path.Combine(instance.Config, "dovecot/dovecot.conf"), "auth", "test", "box@signin.example"];

        Assert.Equal(0, (await instance.RunDaemonsAsync("/usr/bin/doveadm", [.. test, MailData.Password])).Status);
        Assert.Equal(77, (await instance.RunDaemonsAsync("/usr/bin/doveadm", [.. test, "wrong"])).Status);
    }

    private static async Task<(bool Imap, int Submission)> TryAsync(string user, string password)
    {
        var instance = await TStack.Instance;
        var imap = SignsInOverImapAsync(instance, user, password);
        var submission = SignInOverSubmissionAsync(instance, user, password);
        return (await imap, (await submission).Code);
    }

    private static async Task<bool> SignsInOverImapAsync(TrialInstance instance, string user, string password)
    {
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        return await imap.SignInAsync(user, password);
    }

    private static async Task<SmtpReply> SignInOverSubmissionAsync(TrialInstance instance, string user, string password)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Submission);
        await smtp.StartTlsAsync(instance.CaFile);
        return await smtp.SignInAsync(user, password);
    }

    private static async Task WriteRowsAsync()
    {
        var data = new MailData()
            .Domain("signin.example").Domain("signin-off.example", isActive: false).Domain("signin-alias.example", target: "signin.example")
            .Domain("signin-alias-off.example", isActive: false, target: "signin.example").Domain("signin-off-alias.example", target: "signin-off.example")
            .Mailbox("box@signin.example", "s/box").Mailbox("off@signin.example", "s/off", isActive: false)
            .Mailbox("dated@signin.example", "s/dated").Dates("dated@signin.example", from: -1, until: 1)
            .Mailbox("expired@signin.example", "s/expired").Dates("expired@signin.example", until: -1)
            .Mailbox("scheduled@signin.example", "s/scheduled").Dates("scheduled@signin.example", from: 1)
            .Mailbox("limited@signin.example", "s/limited", quota: 1_000_000)
            .Mailbox("box@signin-off.example", "s/box-off")
            .Alias("alias@signin.example", ["box@signin.example"]);
        var number = 0;
        foreach (var sign in LocalPart.MailboxCharacters.Where(sign => !char.IsAsciiLetterOrDigit(sign))) data.Mailbox($"a{sign}b@signin.example", $"s/sign{++number}");
        await data.WriteAsync(await TStack.Instance);
    }
}
