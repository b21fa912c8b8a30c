using System.Net;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Integration.Cli;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>The panel that serves seals by itself; the shell verifies what it sealed.</summary>
public sealed class AuditSealerTests
{
    [MariaDbFact]
    public async Task A_sign_in_is_sealed_shown_to_superadmins_and_verified_from_the_shell()
    {
        await using var panel = await Panel.StartAsync("--Panel:SealPause=00:00:00.1");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.AddAccountAsync("ute", Panel.Password, AccountKind.DomainAdmin);
        var root = await panel.SignedInAsync();
        var ute = await panel.SignedInAsync("ute");
        await Eventually.TrueAsync(async () => await panel.SqlAsync("SELECT IFNULL(MAX(sealed_to), 0) = (SELECT MAX(id) FROM audit_entries) FROM audit_seals") == "1");

        var digest = await panel.SqlAsync("SELECT digest FROM audit_seals ORDER BY number DESC LIMIT 1");
        Assert.Contains(digest, (await root.GetAsync("/audit")).Text, StringComparison.Ordinal);
        var seen = await ute.GetAsync("/audit");
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        Assert.DoesNotContain(digest, seen.Text, StringComparison.Ordinal);
        Assert.Contains($"digest {digest}", await panel.LogAsync(digest), StringComparison.Ordinal);

        var (connection, key) = (panel.Server.ConnectionString(panel.Database), $"--Panel:KeyFile={panel.KeyFile}");
        var whole = await Shell.RunAsync(connection, ["audit", "verify", "--expect", digest, key]);
        Assert.Equal((0, ""), (whole.Status, whole.Error));
        Assert.StartsWith("Every sealed entry is as it was: 2 entries in ", whole.Out, StringComparison.Ordinal);
        Assert.EndsWith($"Keep this digest elsewhere:\n{digest}\n", whole.Out, StringComparison.Ordinal);

        await panel.SqlAsync("UPDATE audit_entries SET source = '192.0.2.99' ORDER BY id LIMIT 1");
        var id = long.Parse(await panel.SqlAsync("SELECT MIN(id) FROM audit_entries"));
        var broken = await Shell.RunAsync(connection, ["audit", "verify", "--json", key]);
        Assert.Equal((1, $"Entry {id} was changed after it had been sealed (seal 1).\n"), (broken.Status, broken.Error));
        var found = broken.Json.GetProperty("break");
        Assert.Equal(("entry_changed", id), (found.GetProperty("fault").GetString(), found.GetProperty("entry").GetInt64()));
    }

    [MariaDbFact]
    public async Task Without_the_key_file_the_shell_says_what_it_did_not_compare()
    {
        await using var panel = await Panel.StartAsync();

        var answer = await Shell.RunAsync(panel.Server.ConnectionString(panel.Database), ["audit", "verify", "--Panel:KeyFile=/nowhere/panel.key"]);

        Assert.Equal((0, ""), (answer.Status, answer.Error));
        Assert.Contains("The seals themselves were not compared with the key: there is no key file /nowhere/panel.key", answer.Out, StringComparison.Ordinal);
    }
}
