using System.Net;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// The framework keeps its keys in clear by default: whoever reads a backup of the database could sign any cookie and
/// be any admin. Here the database holds ciphertext, and the key is in a file.
/// </summary>
public sealed class KeyRingTests
{
    [MariaDbFact]
    public async Task A_stolen_dump_holds_no_key()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.SignedInAsync();

        var dump = await panel.SqlAsync("SELECT xml FROM data_protection_keys");

        Assert.Matches(@"\A[0-9a-f]{8}:[A-Za-z0-9+/=]+\z", dump);
        Assert.DoesNotContain("masterKey", dump, StringComparison.OrdinalIgnoreCase);
    }

    [MariaDbFact]
    public async Task With_the_database_and_another_key_file_the_ring_does_not_open()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        await using var thief = await Panel.StartOnAsync(panel.Server, panel.Database, panel.Server.ConnectionString(panel.Database), null);
        var forged = thief.Browser();
        forged.Cookies["adminpanel-session"] = browser.Session!;

        var page = await forged.GetAsync("/account/password");
        var ready = await forged.GetAsync("/readyz");

        Assert.NotEqual(HttpStatusCode.OK, page.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Contains("\"key_file\"", ready.Text, StringComparison.Ordinal);
        Assert.Contains("put back the key file", thief.Log(), StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task An_entry_copied_over_another_does_not_open()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.SignedInAsync();
        await panel.SqlAsync("UPDATE data_protection_keys SET name = 'key-renamed'");
        await using var second = await Panel.StartOnAsync(panel.Server, panel.Database, panel.Server.ConnectionString(panel.Database), panel.Directory);

        Assert.Equal(HttpStatusCode.InternalServerError, (await second.Browser().GetAsync("/sign-in")).Status);
    }

    [MariaDbFact]
    public async Task Two_processes_with_one_key_file_take_each_others_cookies()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        var (process, address) = await PanelProcess.ServeAsync(
            $"--ConnectionStrings:Panel={panel.Server.ConnectionString(panel.Database)}", "--Panel:Listen=http://127.0.0.1:0", $"--Panel:KeyFile={panel.KeyFile}");
        await using var second = process;
        var there = new Browser(address, "192.0.2.1");
        there.Cookies["adminpanel-session"] = browser.Session!;

        var answer = await there.SubmitAsync("/account/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", "Nine-green-herons-8"));
        browser.Cookies["adminpanel-session"] = there.Session!;

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal("/account/password", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/password")).Status);
        Assert.Equal("1", await panel.SqlAsync("SELECT COUNT(*) FROM data_protection_keys"));
    }
}
