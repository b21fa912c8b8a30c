using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.SecondFactor;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>The attack: somebody knows the password, has a session that was left open, reads along, or steals the database.</summary>
public sealed partial class SecondFactorTests
{
    private const string Own = "/account/second-factor";
    private const string Step = "/sign-in/code";

    [MariaDbTheory]
    [InlineData(Panel.Login)]
    [InlineData(Bob)]
    public async Task With_it_the_password_alone_opens_nothing_and_the_code_opens_all(string login)
    {
        await using var panel = await StartAsync();
        var (secret, _) = await TurnOnAsync(await panel.SignedInAsync(login));
        var browser = panel.Browser();

        var first = await browser.SignInAsync(login, Panel.Password);
        Assert.Equal(Step, first.Location);
        foreach (var path in new[] { "/", "/me", "/me/password", "/domains", Own, "/account/password", "/export/me" })
            Assert.Contains("/sign-in", (await browser.GetAsync(path)).Location ?? "", StringComparison.Ordinal);

        await panel.SqlAsync("UPDATE authenticators SET last_step = 0");
        var second = await browser.SubmitAsync(Step, ("Input.Code", Code(secret)));
        Assert.Equal("/", second.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Own)).Status);
        Assert.Equal(
            "account.password-accepted\naccount.sign-in",
            await panel.SqlAsync("SELECT action FROM audit_entries ORDER BY id DESC LIMIT 2").ContinueWith(t => string.Join('\n', t.Result.Split('\n').Reverse()), TaskScheduler.Default));
    }

    [MariaDbFact]
    public async Task A_code_is_taken_once_and_none_before_it()
    {
        await using var panel = await StartAsync();
        var (secret, _) = await TurnOnAsync(await panel.SignedInAsync(Bob));
        var at = Totp.StepAt(DateTime.UtcNow);

        // The one that turned it on, and the one of before: both were seen by whoever looked over the shoulder.
        var browser = panel.Browser();
        await browser.SignInAsync(Bob, Panel.Password);
        foreach (var step in (long[])[at, at - 1])
            Assert.Contains("was used before", (await browser.SubmitAsync(Step, ("Input.Code", Totp.Code(secret, step)))).Text, StringComparison.Ordinal);

        await panel.SqlAsync("UPDATE authenticators SET last_step = last_step - 3");
        var code = Code(secret);
        var both = await Task.WhenAll(await SecondAsync(panel), await SecondAsync(panel));
        Assert.Single(both, answer => answer.Location == "/");

        async Task<Task<Answer>> SecondAsync(Panel at)
        {
            var other = at.Browser();
            await other.SignInAsync(Bob, Panel.Password);
            var page = await other.GetAsync(Step);
            return other.SubmitAsync(page, Step, ("Input.Code", code));
        }
    }

    /// <summary>The hash that an import brought would otherwise be what a thief of the database gets, for as long as the second factor is on.</summary>
    [MariaDbTheory]
    [InlineData(Panel.Login, "accounts")]
    [InlineData(Bob, "mailboxes")]
    public async Task A_weak_hash_is_replaced_with_a_second_factor_on_and_the_code_still_passes(string login, string table)
    {
        await using var panel = await StartAsync();
        var (secret, _) = await TurnOnAsync(await panel.SignedInAsync(login));
        await panel.SqlAsync($"UPDATE {table} SET password_hash = '{SignInTests.WeakHash}' WHERE password_hash IS NOT NULL; UPDATE authenticators SET last_step = 0");
        var browser = panel.Browser();

        Assert.Equal(Step, (await browser.SignInAsync(login, Panel.Password)).Location);
        var hash = await panel.SqlAsync($"SELECT password_hash FROM {table} WHERE password_hash IS NOT NULL");
        Assert.Equal("/", (await browser.SubmitAsync(Step, ("Input.Code", Code(secret)))).Location);

        Assert.StartsWith("{ARGON2ID}$argon2id$", hash, StringComparison.Ordinal);
        await panel.Browser().SignInAsync(login, Panel.Password);
        Assert.Equal(hash, await panel.SqlAsync($"SELECT password_hash FROM {table} WHERE password_hash IS NOT NULL"));
    }

    [MariaDbFact]
    public async Task A_recovery_code_stands_in_once()
    {
        await using var panel = await StartAsync();
        var (_, codes) = await TurnOnAsync(await panel.SignedInAsync(Bob));

        var browser = panel.Browser();
        await browser.SignInAsync(Bob, Panel.Password);
        Assert.Equal("/", (await browser.SubmitAsync(Step, ("Input.Code", codes[0].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal)))).Location);
        Assert.Contains("9 recovery codes are left", (await browser.GetAsync(Own)).Text, StringComparison.Ordinal);
        Assert.Equal("recovery code", await panel.SqlAsync("SELECT JSON_VALUE(`after`, '$.secondFactor') FROM audit_entries WHERE action = 'account.sign-in' ORDER BY id DESC LIMIT 1"));

        var other = panel.Browser();
        await other.SignInAsync(Bob, Panel.Password);
        Assert.Equal(HttpStatusCode.OK, (await other.SubmitAsync(Step, ("Input.Code", codes[0]))).Status);
        Assert.Equal("/", (await other.SubmitAsync(Step, ("Input.Code", codes[1]))).Location);
    }

    [MariaDbFact]
    public async Task Guesses_at_the_code_end_soon_wherever_they_come_from()
    {
        await using var panel = await StartAsync();
        await TurnOnAsync(await panel.SignedInAsync(Bob));

        var answers = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            var browser = panel.Browser(string.Create(CultureInfo.InvariantCulture, $"198.51.{i}.7"));
            await browser.SignInAsync(Bob, Panel.Password);
            answers.Add((await browser.SubmitAsync(Step, ("Input.Code", "000000"))).Problems);
        }

        Assert.Contains("is not right", answers[0], StringComparison.Ordinal);
        Assert.DoesNotContain("is not right", answers[^1], StringComparison.Ordinal);
        Assert.Equal("10", await panel.SqlAsync("SELECT COUNT(*) FROM audit_entries WHERE action = 'account.code-refused'"));
    }

    [MariaDbFact]
    public async Task Without_the_first_step_there_is_no_second_and_another_password_ends_the_first()
    {
        await using var panel = await StartAsync();
        var (secret, _) = await TurnOnAsync(await panel.SignedInAsync(Bob));
        Assert.Equal("/sign-in", (await panel.Browser().GetAsync(Step)).Location);

        var browser = panel.Browser();
        await browser.SignInAsync(Bob, Panel.Password);
        await panel.SqlAsync("UPDATE mailboxes SET password_changed_at = NOW(6); UPDATE authenticators SET last_step = 0");

        Assert.Equal("/sign-in", (await browser.GetAsync(Step)).Location);
        Assert.Equal("/sign-in", (await browser.PostAsync(Step, await browser.FormOfAsync("/sign-in", ("Input.Code", Code(secret))))).Location);
    }

    [MariaDbFact]
    public async Task An_open_browser_alone_turns_nothing_on_or_off()
    {
        await using var panel = await StartAsync();
        var browser = await panel.SignedInAsync(Bob);
        var page = await browser.GetAsync(Own);
        var secret = Secret(page);

        foreach (var (code, password) in new[] { (Code(secret), ""), (Code(secret), "Nine-green-herons-8"), ("", Panel.Password), ("000000", Panel.Password) })
            Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync($"{Own}?handler=On", Form(page, ("On.Secret", Sealed(page)), ("On.FirstCode", code), ("On.CurrentPassword", password)))).Status);
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM authenticators"));

        var (_, codes) = await TurnOnAsync(browser);
        foreach (var (code, password) in new[] { ("", Panel.Password), ("000000", Panel.Password), (codes[0], ""), (codes[0], "Nine-green-herons-8") })
            await browser.PostAsync($"{Own}?handler=Off", await browser.FormOfAsync(Own, ("Off.Code", code), ("Off.CurrentPassword", password)));
        await browser.PostAsync($"{Own}?handler=Renew", await browser.FormOfAsync(Own, ("Renew.Code", "000000")));
        Assert.Equal(("1", "10"), (await panel.SqlAsync("SELECT COUNT(*) FROM authenticators"), await panel.SqlAsync("SELECT COUNT(*) FROM recovery_codes")));

        var off = await browser.PostAsync($"{Own}?handler=Off", await browser.FormOfAsync(Own, ("Off.Code", codes[0]), ("Off.CurrentPassword", Panel.Password)));
        Assert.Equal(Own, off.Location);
        Assert.Equal(("0", "0", "0"), (await panel.SqlAsync("SELECT COUNT(*) FROM authenticators"), await panel.SqlAsync("SELECT COUNT(*) FROM recovery_codes"), await panel.SqlAsync("SELECT app_passwords_only FROM mailboxes")));
        Assert.Equal("/me", (await (await panel.SignedInAsync(Bob)).GetAsync("/")).Location);
    }

    /// <summary>A secret that was sealed for somebody else is somebody else's app: it would open this account.</summary>
    [MariaDbFact]
    public async Task Nobody_is_given_a_secret_that_somebody_else_knows()
    {
        await using var panel = await StartAsync();
        await panel.AddMailboxAsync(2, "eve@example.org");
        var theirs = await (await panel.SignedInAsync("eve@example.org")).GetAsync(Own);
        var browser = await panel.SignedInAsync(Bob);
        var page = await browser.GetAsync(Own);

        await browser.PostAsync($"{Own}?handler=On", Form(page, ("On.Secret", Sealed(theirs)), ("On.FirstCode", Code(Secret(theirs))), ("On.CurrentPassword", Panel.Password)));

        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM authenticators"));
    }

    [MariaDbFact]
    public async Task Every_other_session_ends_and_mail_programs_need_app_passwords_the_first_of_which_is_made()
    {
        await using var panel = await StartAsync();
        var (other, here) = (await panel.SignedInAsync(Bob), await panel.SignedInAsync(Bob));

        var (_, codes) = await TurnOnAsync(here);

        Assert.Equal(10, codes.Count);
        Assert.Contains("/sign-in", (await other.GetAsync("/me")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/me")).Status);
        Assert.Equal($"1\tFirst mail program\t{Bob}", await panel.SqlAsync("SELECT m.app_passwords_only, p.name, s.mask FROM mailboxes m JOIN app_passwords p ON p.mailbox_id = m.id, session_ends s"));
    }

    [MariaDbFact]
    public async Task A_stolen_database_holds_neither_secret_nor_code()
    {
        await using var panel = await StartAsync();
        var (secret, codes) = await TurnOnAsync(await panel.SignedInAsync(Bob));

        var stored = await panel.SqlAsync("SELECT sealed_secret FROM authenticators") + await panel.SqlAsync("SELECT GROUP_CONCAT(digest) FROM recovery_codes") + await panel.SqlAsync("SELECT GROUP_CONCAT(CONCAT_WS(' ', `before`, `after`)) FROM audit_entries");

        foreach (var clear in (string[])[Totp.Base32(secret), Convert.ToBase64String(secret)[..24], Convert.ToHexString(secret), .. codes, .. codes.Select(c => c.Replace("-", "", StringComparison.Ordinal))])
            Assert.DoesNotContain(clear, stored, StringComparison.OrdinalIgnoreCase);
    }

    [MariaDbFact]
    public async Task It_goes_into_the_recycle_bin_with_the_mailbox_and_comes_back()
    {
        await using var panel = await StartAsync();
        var (secret, _) = await TurnOnAsync(await panel.SignedInAsync(Bob));
        var admin = await panel.SignedInAsync();

        await admin.SubmitAsync($"/mailboxes/{Bob}/delete");
        Assert.Equal(("0", "0"), (await panel.SqlAsync("SELECT COUNT(*) FROM authenticators"), await panel.SqlAsync("SELECT COUNT(*) FROM recovery_codes")));
        await admin.SubmitAsync($"/recycle-bin/{await panel.SqlAsync("SELECT id FROM recycled_items")}");

        await panel.SqlAsync("UPDATE authenticators SET last_step = 0");
        var browser = panel.Browser();
        Assert.Equal(Step, (await browser.SignInAsync(Bob, Panel.Password)).Location);
        Assert.Equal("/", (await browser.SubmitAsync(Step, ("Input.Code", Code(secret)))).Location);
        Assert.Equal("10", await panel.SqlAsync("SELECT COUNT(*) FROM recovery_codes"));
    }

    private static async Task<Panel> StartAsync()
    {
        var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        return panel;
    }

    private static string Code(byte[] secret) => Totp.Code(secret, Totp.StepAt(DateTime.UtcNow));

    /// <summary>Turns on the second factor of whoever is signed in.</summary>
    internal static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> TurnOnAsync(Browser browser)
    {
        var page = await browser.GetAsync(Own);
        var secret = Secret(page);
        var answer = await browser.PostAsync($"{Own}?handler=On", Form(page, ("On.Secret", Sealed(page)), ("On.FirstCode", Code(secret)), ("On.CurrentPassword", Panel.Password)));
        return (secret, [.. RecoveryCode().Matches(answer.Text).Select(m => m.Value).Distinct()]);
    }

    private static (string, string)[] Form(Answer page, params (string, string)[] fields) => [.. fields, ("__RequestVerificationToken", page.Page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!)];

    private static string Sealed(Answer page) => page.Page.QuerySelector("input[name='On.Secret']")!.GetAttribute("value")!;

    /// <summary>As somebody types it into an app.</summary>
    private static byte[] Secret(Answer page) => Base32.Decode(page.Page.QuerySelector("#secret")!.TextContent);

    [GeneratedRegex("[a-z2-9]{4}(-[a-z2-9]{4}){3}(?![a-z2-9-])")]
    private static partial Regex RecoveryCode();
}
