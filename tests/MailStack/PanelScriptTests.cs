using System.Text;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// Whoever knows the panel's password for scripts (setting panel_sieve_password) tries every door with it: it opens scripts,
/// from the panel's own address, and nothing else.
/// </summary>
public abstract class PanelScriptTests<TStack>
    where TStack : IMailStack
{
    private const string Panel = "adminpanel";

    [StackFact]
    public async Task The_panel_reaches_the_scripts_of_a_mailbox_whose_owner_may_not()
    {
        var (instance, password, address) = await WorldAsync();
        Assert.Equal(0, (await instance.PanelAsync(["mailbox", "set", address, "--no-sieve", "--networks", "192.0.2.0/24"])).Status);

        Assert.NotNull(await OpenAsync(instance, address, Panel, password));
        Assert.Null(await OpenAsync(instance, "", address, MailData.Password));
    }

    [StackFact]
    public async Task It_is_let_in_from_nowhere_else_with_no_other_password_and_as_nobody_else()
    {
        var (instance, password, address) = await WorldAsync();

        Assert.Null(await OpenAsync(instance, address, Panel, password, "127.0.0.2"));
        Assert.Null(await OpenAsync(instance, address, Panel, password + "x"));
        Assert.Null(await OpenAsync(instance, address, Panel, MailData.Password));
        Assert.Null(await OpenAsync(instance, "", Panel, password));
        Assert.Null(await OpenAsync(instance, "", address, password));
        Assert.Null(await OpenAsync(instance, "nobody@" + address.Split('@')[1], Panel, password));
    }

    [StackFact]
    public async Task It_opens_no_other_protocol()
    {
        var (instance, password, address) = await WorldAsync();
        var plain = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{address}\0{Panel}\0{password}"));

        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile)) Assert.StartsWith("NO", (await imap.SayAsync($"AUTHENTICATE PLAIN {plain}"))[^1], StringComparison.Ordinal);
        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile)) Assert.False(await imap.SignInAsync($"{address}*{Panel}", password));
        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile)) Assert.False(await imap.SignInAsync(address, password));
        Assert.False(await TextDialogue.SignsInOverPop3Async(instance.Pop3s, instance.CaFile, address, password));
        Assert.False(await TextDialogue.SignsInOverPop3Async(instance.Pop3s, instance.CaFile, $"{address}*{Panel}", password));
        await using (var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile)) Assert.Equal(535, (await smtp.SayAsync($"AUTH PLAIN {plain}")).Code);
        await using (var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile)) Assert.Equal(535, (await smtp.SignInAsync(address, password)).Code);
    }

    [StackTheory]
    [InlineData("UPDATE addresses SET is_active = 0 WHERE address = '{0}'")]
    [InlineData("UPDATE addresses SET active_until = UTC_TIMESTAMP(6) - INTERVAL 1 DAY WHERE address = '{0}'")]
    [InlineData("UPDATE domains d JOIN addresses a ON a.domain_id = d.id SET d.is_active = 0 WHERE a.address = '{0}'")]
    public async Task A_mailbox_that_is_off_stays_closed(string sql)
    {
        var (instance, password, address) = await WorldAsync();
        await instance.ExecuteAsync(sql.Replace("{0}", address, StringComparison.Ordinal));

        Assert.Null(await OpenAsync(instance, address, Panel, password));
    }

    /// <summary>What the panel does is no sign-in of the owner's.</summary>
    [StackFact]
    public async Task The_owner_reads_of_no_sign_in_that_was_the_panel_s()
    {
        var (instance, password, address) = await WorldAsync();

        Assert.NotNull(await OpenAsync(instance, address, Panel, password));
        await using (var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile)) Assert.True(await imap.SignInAsync(address, MailData.Password));

        string said;
        do said = (await instance.PanelAsync(["mailbox", "sign-ins", address, "--json"])).Output;
        while (!said.Contains("imap", StringComparison.Ordinal));
        Assert.DoesNotContain("sieve", said, StringComparison.Ordinal);
    }

    private static async Task<(TrialInstance Instance, string Password, string Address)> WorldAsync()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var address = "away@" + domain;
        await new MailData().Domain(domain).Mailbox(address, $"{domain}/away").WriteAsync(instance);
        var secrets = await File.ReadAllLinesAsync(Path.Combine(instance.Directory, "private/secrets"));
        return (instance, secrets.Single(s => s.StartsWith("sieve_password=", StringComparison.Ordinal)).Split('=', 2)[1], address);
    }

    private static async Task<string?> OpenAsync(TrialInstance instance, string mailbox, string user, string password, string from = "127.0.0.1")
    {
        await using var sieve = await TextDialogue.OpenManageSieveForAsync(instance.ManageSieve, instance.CaFile, mailbox, user, password, from);
        return sieve is null ? null : string.Join(',', await sieve.ScriptsAsync());
    }
}
