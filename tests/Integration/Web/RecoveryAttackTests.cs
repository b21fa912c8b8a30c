using System.Net;
using AdminPanel.Tests.Integration.Operations;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>The attack: whoever reads the mail at the recovery address has a link that is good, and wants more than a new password from it.</summary>
public sealed class RecoveryAttackTests
{
    private const string Next = "Eight-green-foxes-32";

    /// <summary>A way in beside the sign-in page that does not ask for the second factor is the way that is taken.</summary>
    [MariaDbFact]
    public async Task A_link_for_a_new_password_passes_no_second_factor()
    {
        await using var post = new PostOffice();
        await using var panel = await RecoveryTests.StartAsync(post);
        await SecondFactorTests.TurnOnAsync(await panel.SignedInAsync(Bob));
        var (thief, link) = await LinkAsync(panel);

        var saved = await thief.SubmitAsync(link, ("Input.NewPassword", Next));

        Assert.Equal(("/sign-in", null), (saved.Location, thief.Session));
        Assert.Equal("/sign-in/code", (await thief.SignInAsync(Bob, Next)).Location);
        Assert.Contains("/sign-in", (await thief.GetAsync("/me")).Location, StringComparison.Ordinal);
        Assert.Equal("1\t10\t1", await panel.SqlAsync("SELECT (SELECT COUNT(*) FROM authenticators), (SELECT COUNT(*) FROM recovery_codes), app_passwords_only FROM mailboxes"));
    }

    [MariaDbFact]
    public async Task A_link_whose_new_password_is_refused_opens_nothing_and_is_still_good()
    {
        await using var post = new PostOffice();
        await using var panel = await RecoveryTests.StartAsync(post);
        var (browser, link) = await LinkAsync(panel);
        var before = await panel.SqlAsync("SELECT password_hash FROM mailboxes");

        foreach (var password in new[] { "", "short", Bob })
        {
            var refused = await browser.SubmitAsync(link, ("Input.NewPassword", password));

            Assert.Equal((password, HttpStatusCode.OK, null), (password, refused.Status, browser.Session));
            Assert.Equal("true", refused.Page.QuerySelector("[name='Input.NewPassword']")!.GetAttribute("aria-invalid"));
            Assert.Contains("/sign-in", (await browser.GetAsync("/me")).Location, StringComparison.Ordinal);
        }
        Assert.Equal(before, await panel.SqlAsync("SELECT password_hash FROM mailboxes"));

        Assert.Equal("/sign-in", (await browser.SubmitAsync(link, ("Input.NewPassword", Next))).Location);
        await panel.SignedInAsync(Bob, Next);
    }

    /// <summary>Somebody who was sent a good link, and where it leads.</summary>
    private static async Task<(Browser Browser, string Link)> LinkAsync(Panel panel)
    {
        await RecoveryTests.ConfirmedAsync(panel);
        return (panel.Browser("203.0.113.9"), $"/forgotten/new?link={Uri.EscapeDataString(await RecoveryTests.AskedAsync(panel))}");
    }
}
