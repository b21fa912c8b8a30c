using System.Text.Json;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Passkeys;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;
using static AdminPanel.Tests.Integration.Web.PasskeyFlows;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>The sign-in page asks for a passkey as it opens. The attack: strangers open it as often as they can.</summary>
public sealed class PasskeyAutofillTests
{
    [MariaDbFact]
    public async Task Opening_the_page_asks_the_database_nothing_and_leaves_nothing_in_it()
    {
        await using var panel = await PasskeyTests.StartAsync();
        // The panel's own keys are read once.
        await panel.Browser().AskAsync(Door);
        var tables = await panel.SqlAsync("SELECT GROUP_CONCAT(table_name) FROM information_schema.tables WHERE table_schema = DATABASE()");
        var before = await panel.SqlAsync($"CHECKSUM TABLE {tables}");
        using var counter = new CommandCounter(panel.Database);
        counter.Take();

        for (var i = 0; i < 200; i++)
        {
            var browser = panel.Browser();
            Assert.Contains("\"challenge\"", await browser.AskAsync(Door), StringComparison.Ordinal);
            Assert.Contains("adminpanel-passkey", browser.Cookies.Keys);
        }

        Assert.Equal([], counter.Take());
        Assert.Equal(before, await panel.SqlAsync($"CHECKSUM TABLE {tables}"));
    }

    [MariaDbFact]
    public async Task The_login_names_passkeys_and_other_fields_do_not()
    {
        await using var panel = await PasskeyTests.StartAsync();
        var page = (await panel.Browser().GetAsync("/sign-in")).Page;

        Assert.Equal("username webauthn", page.QuerySelector("#Input_Login")!.GetAttribute("autocomplete"));
        Assert.Single(page.QuerySelectorAll("[autocomplete~=webauthn]"));
        Assert.Empty((await panel.Browser().GetAsync("/forgotten")).Page.QuerySelectorAll("[autocomplete~=webauthn]"));
        // What needs script stays hidden without it.
        Assert.All(page.QuerySelectorAll("[data-passkey-part], [data-passkey-late], [data-passkey-failed]"), part => Assert.True(part.HasAttribute("hidden")));
    }

    /// <summary>The cookie's own age is the browser's to keep; what is sealed in it is not.</summary>
    [MariaDbTheory]
    [InlineData(290, true)]
    [InlineData(301, false)]
    [InlineData(3600, false)]
    public async Task A_question_is_answered_within_five_minutes(int seconds, bool signsIn)
    {
        await using var panel = await PasskeyTests.StartAsync();
        using var passkey = new SoftwareAuthenticator();
        await (await panel.SignedInAsync(Bob)).AddPasskeyAsync(passkey, "Phone");
        await panel.SqlAsync("UPDATE passkeys SET last_challenge_at = '2026-01-01'");
        var browser = panel.Browser();
        var question = await browser.AskAsync(Door);
        var protector = panel.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Passkeys.Ceremony");
        var kept = JsonSerializer.Deserialize<Ceremony>(protector.Unprotect(browser.Cookies["adminpanel-passkey"]))!;
        browser.Cookies["adminpanel-passkey"] = protector.Protect(JsonSerializer.Serialize(kept with { At = kept.At.AddSeconds(-seconds) }));

        var answer = await browser.AnswerAsync(passkey.Answer(question));

        Assert.Equal(signsIn ? "/" : null, answer.Location);
        if (!signsIn) Assert.Equal("This passkey does not sign in here. Try another one, or another way.", answer.Problems);
    }
}
