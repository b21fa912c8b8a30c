using System.Net;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.SecondFactor;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;
using static AdminPanel.Tests.Integration.Web.PasskeyFlows;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>What an account does with its passkeys, in a browser without a device: one stands in for it.</summary>
public sealed class PasskeyTests
{
    [MariaDbTheory]
    [InlineData(Panel.Login)]
    [InlineData(Bob)]
    public async Task It_signs_in_alone_and_after_the_password_which_alone_opens_nothing(string login)
    {
        await using var panel = await StartAsync();
        using var passkey = new SoftwareAuthenticator { Count = 1 };
        await (await panel.SignedInAsync(login)).AddPasskeyAsync(passkey, "Phone");

        var alone = panel.Browser();
        Assert.Equal("/", (await alone.SignInWithAsync(passkey)).Location);
        Assert.Equal(HttpStatusCode.OK, (await alone.GetAsync(Own)).Status);
        Assert.Equal("account.sign-in\tPhone", await panel.SqlAsync("SELECT action, JSON_VALUE(`after`, '$.passkey') FROM audit_entries ORDER BY id DESC LIMIT 1"));

        var after = panel.Browser();
        Assert.Equal(Step, (await after.SignInAsync(login, Panel.Password)).Location);
        Assert.Contains("/sign-in", (await after.GetAsync(Own)).Location, StringComparison.Ordinal);
        var answer = passkey.Answer(await after.AskAsync(Step));
        Assert.Equal("/", (await after.PostAsync(Step, await after.FormOfAsync(Step, ("Input.Passkey", answer)))).Location);
        Assert.Equal(HttpStatusCode.OK, (await after.GetAsync(Own)).Status);
        Assert.Equal("passkey Phone", await panel.SqlAsync("SELECT JSON_VALUE(`after`, '$.secondFactor') FROM audit_entries ORDER BY id DESC LIMIT 1"));
        Assert.Equal("3\t1\tinternal", await panel.SqlAsync("SELECT sign_count, last_used_at IS NOT NULL, transports FROM passkeys"));
    }

    [MariaDbFact]
    public async Task The_first_turns_the_second_factor_on_and_the_last_turns_it_off()
    {
        await using var panel = await StartAsync();
        using var phone = new SoftwareAuthenticator();
        using var key = new SoftwareAuthenticator();
        var (other, here) = (await panel.SignedInAsync(Bob), await panel.SignedInAsync(Bob));

        var made = await here.AddPasskeyAsync(phone, "Phone");
        Assert.Equal(10, made.RecoveryCodes().Count);
        Assert.Contains("/sign-in", (await other.GetAsync("/me")).Location, StringComparison.Ordinal);
        Assert.Equal($"1\tFirst mail program\t{Bob}", await panel.SqlAsync("SELECT m.app_passwords_only, p.name, s.mask FROM mailboxes m JOIN app_passwords p ON p.mailbox_id = m.id, session_ends s"));

        var second = await here.AddPasskeyAsync(key, "Key", ("Start.Passkey", phone.Answer(await here.AskAsync(Own))));
        Assert.Equal(Own, second.Location);
        Assert.Equal(("2", "10", "1"), await CountsAsync(panel));

        Assert.Equal(Own, (await here.RemovePasskeyAsync("1", ("Input.Passkey", key.Answer(await here.AskAsync(Own))))).Location);
        Assert.Equal(("1", "10", "1"), await CountsAsync(panel));
        Assert.Equal("1", await panel.SqlAsync("SELECT app_passwords_only FROM mailboxes"));
        Assert.Equal(Own, (await here.RemovePasskeyAsync("2", ("Input.Code", made.RecoveryCodes()[0]))).Location);
        Assert.Equal(("0", "0", "1"), await CountsAsync(panel));
        Assert.Equal("0", await panel.SqlAsync("SELECT app_passwords_only FROM mailboxes"));
        Assert.Equal("/me", (await (await panel.SignedInAsync(Bob)).GetAsync("/")).Location);
    }

    [MariaDbFact]
    public async Task An_app_goes_beside_it_and_can_go_alone()
    {
        await using var panel = await StartAsync();
        using var passkey = new SoftwareAuthenticator();
        var browser = await panel.SignedInAsync(Panel.Login);
        await browser.AddPasskeyAsync(passkey, "Phone");
        var page = await browser.GetAsync(Factor);
        var (secret, hidden) = (Base32.Decode(page.Page.QuerySelector("#secret")!.TextContent), page.Page.QuerySelector("input[name='On.Secret']")!.GetAttribute("value")!);
        (string, string)[] app = [("On.Secret", hidden), ("On.FirstCode", Totp.Code(secret, Totp.StepAt(DateTime.UtcNow))), ("On.CurrentPassword", Panel.Password)];

        await browser.PostAsync($"{Factor}?handler=On", await browser.FormOfAsync(Factor, app));
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM authenticators"));
        await browser.PostAsync($"{Factor}?handler=On", await browser.FormOfAsync(Factor, [.. app, ("On.Passkey", passkey.Answer(await browser.AskAsync(Own)))]));
        Assert.Equal(("1", "10", "0"), await CountsAsync(panel));
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM authenticators"));

        await browser.PostAsync($"{Factor}?handler=Off", await browser.FormOfAsync(Factor, ("Off.CurrentPassword", Panel.Password), ("Off.AppOnly", "true"), ("Off.Passkey", passkey.Answer(await browser.AskAsync(Own)))));
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM authenticators"));
        Assert.Equal(("1", "10", "0"), await CountsAsync(panel));
        Assert.Equal("account.remove-authenticator", await panel.SqlAsync("SELECT action FROM audit_entries ORDER BY id DESC LIMIT 1"));

        var renewed = await browser.PostAsync($"{Factor}?handler=Renew", await browser.FormOfAsync(Factor, ("Renew.Passkey", passkey.Answer(await browser.AskAsync(Own)))));
        Assert.Equal(10, renewed.RecoveryCodes().Count);
        await browser.PostAsync($"{Factor}?handler=Off", await browser.FormOfAsync(Factor, ("Off.CurrentPassword", Panel.Password), ("Off.Passkey", passkey.Answer(await browser.AskAsync(Own)))));
        Assert.Equal(("0", "0", "0"), await CountsAsync(panel));
    }

    [MariaDbFact]
    public async Task Names_are_of_one_and_there_are_ten_at_most()
    {
        await using var panel = await StartAsync();
        using var passkey = new SoftwareAuthenticator();
        using var other = new SoftwareAuthenticator();
        var browser = await panel.SignedInAsync(Bob);
        var codes = (await browser.AddPasskeyAsync(passkey, "Phone")).RecoveryCodes();

        Assert.Contains("already", (await browser.AddPasskeyAsync(other, "PHONE", ("Start.Code", codes[0]))).Problems, StringComparison.Ordinal);
        // The device says no by itself, as it is told which ones there are; one that lies is refused.
        Assert.Contains("was not added", (await browser.AddPasskeyAsync(passkey, "Again", ("Start.Code", codes[0]))).Problems, StringComparison.Ordinal);
        for (var i = 2; i <= 10; i++)
        {
            await panel.SqlAsync($"""
                INSERT INTO passkeys (account_id, name, credential_id, credential_digest, public_key, sign_count, transports, is_backup_eligible, is_backed_up, last_challenge_at, created_at)
                SELECT account_id, 'Key {i}', 'x{i}', SHA2('x{i}', 256), public_key, 0, '', 0, 0, NOW(6), NOW(6) FROM passkeys WHERE name = 'Phone'
                """);
        }
        Assert.Contains("can have 10", (await browser.AddPasskeyAsync(other, "One more", ("Start.Code", codes[1]))).Problems, StringComparison.Ordinal);
        Assert.Equal("10", await panel.SqlAsync("SELECT COUNT(*) FROM passkeys"));
    }

    [MariaDbFact]
    public async Task A_reset_takes_it_away_and_the_recycle_bin_brings_it_back()
    {
        await using var panel = await StartAsync();
        using var passkey = new SoftwareAuthenticator();
        await (await panel.SignedInAsync(Bob)).AddPasskeyAsync(passkey, "Phone");
        var admin = await panel.SignedInAsync(Panel.Login);

        await admin.SubmitAsync($"/mailboxes/{Bob}/delete");
        Assert.Equal(("0", "0", "0"), await CountsAsync(panel));
        await admin.SubmitAsync($"/recycle-bin/{await panel.SqlAsync("SELECT id FROM recycled_items")}");
        Assert.Equal("/", (await panel.Browser().SignInWithAsync(passkey)).Location);

        await admin.PostAsync($"/mailboxes/{Bob}/app-passwords?handler=Reset", await admin.FormOfAsync($"/mailboxes/{Bob}/app-passwords"));
        Assert.Equal(("0", "0", "1"), await CountsAsync(panel));
        Assert.Equal("/", (await panel.Browser().SignInAsync(Bob, Panel.Password)).Location);
        Assert.Equal(HttpStatusCode.OK, (await panel.Browser().SignInWithAsync(passkey)).Status);
    }

    [MariaDbFact]
    public async Task An_owner_takes_along_what_the_panel_knows_of_it()
    {
        await using var panel = await StartAsync();
        using var passkey = new SoftwareAuthenticator();
        var browser = await panel.SignedInAsync(Bob);
        await browser.AddPasskeyAsync(passkey, "Phone");

        var export = (await browser.GetAsync("/export/me")).Text;

        using var json = System.Text.Json.JsonDocument.Parse(export);
        Assert.Equal("Phone", json.RootElement.GetProperty("passkeys")[0].GetProperty("name").GetString());
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, json.RootElement.GetProperty("secondFactorSince").ValueKind);
    }

    internal static async Task<Panel> StartAsync()
    {
        var panel = await OwnPanel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        return panel;
    }

    private static async Task<(string Passkeys, string RecoveryCodes, string AppPasswords)> CountsAsync(Panel panel) =>
        (await panel.SqlAsync("SELECT COUNT(*) FROM passkeys"), await panel.SqlAsync("SELECT COUNT(*) FROM recovery_codes"), await panel.SqlAsync("SELECT COUNT(*) FROM app_passwords"));
}
