using AdminPanel.Data;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.MailServer.Settings;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class ChangeSettingsTests(OperationsDatabase database) : OperationsTest(database), IAsyncLifetime
{
    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        if (Database.Name.Length > 0) await AskAsync("DELETE FROM settings");
    }

    [MariaDbFact]
    public async Task What_is_chosen_is_stored_counted_and_audited_with_before_and_after()
    {
        var changed = Done(await ChangeAsync(("host_name", "Mail.Example.org"), ("message_size_limit", "20 MB"), ("relay_domains", "no")));

        Assert.Equal(["host_name:  mail.example.org", "message_size_limit: 52428800 20971520"], changed.Changed.Select(c => $"{c.Key}: {c.Before} {c.After}"));
        Assert.Equal("host_name\tmail.example.org\nmessage_size_limit\t20971520\nversion.mail-server\t2", await AskAsync("SELECT `key`, value FROM settings ORDER BY 1"));
        Assert.Equal(
            """settings.change mail-server {"host_name":null,"message_size_limit":"52428800"} {"host_name":"mail.example.org","message_size_limit":"20971520"}""",
            await AskAsync("SELECT CONCAT_WS(' ', action, subject, `before`, `after`) FROM audit_entries"));
    }

    [MariaDbFact]
    public async Task One_wrong_value_among_several_leaves_all_as_they_were()
    {
        var outcome = await ChangeAsync(("message_size_limit", "20 MB"), ("tls_minimum", "1.0"), ("smtp_listen", "*:2525"), ("postfix_password", "0123456789abcdef"), ("nonsense", "1"));

        AssertRefused(outcome, "tls_minimum:SettingShape", "smtp_listen:SettingOfHost", "postfix_password:SettingOfHost", "nonsense:SettingUnknown");
        Assert.Equal("0\t0", await AskAsync("SELECT (SELECT COUNT(*) FROM settings), (SELECT COUNT(*) FROM audit_entries)"));
    }

    [MariaDbFact]
    public async Task What_is_chosen_as_its_default_or_reset_follows_the_default_again()
    {
        await ChangeAsync(("message_size_limit", "20 MB"), ("user_connections", "9"));

        Assert.Single(Done(await ChangeAsync(("message_size_limit", "50 MB"))).Changed);
        Assert.Single(Done(await ChangeAsync(("user_connections", null))).Changed);
        Assert.Empty(Done(await ChangeAsync(("user_connections", null))).Changed);

        Assert.Equal("version.mail-server\t4", await AskAsync("SELECT `key`, value FROM settings"));
        Assert.Equal("3", await AskAsync("SELECT COUNT(*) FROM audit_entries"));
    }

    [MariaDbFact]
    public async Task What_has_no_default_cannot_be_reset() => AssertRefused(await ChangeAsync(("host_name", null)), "host_name:SettingMissing");

    [MariaDbFact]
    public async Task Host_name_and_recipient_are_looked_at_together()
    {
        await DomainAsync("example.net");
        AssertRefused(await ChangeAsync(("host_name", "example.net")), "host_name:HostNameIsMailDomain");
        AssertRefused(await ChangeAsync(("host_name", "mail.example.org"), ("host_recipient", "admin@mail.example.org")), "host_recipient:HostRecipientOnHost");

        Done(await ChangeAsync(("host_name", "mail.example.org"), ("host_recipient", "admin@example.net")));
        AssertRefused(await ChangeAsync(("host_recipient", "admin@mail.example.org")), "host_recipient:HostRecipientOnHost");
    }

    [MariaDbFact]
    public async Task Whoever_read_an_older_version_changes_nothing()
    {
        Done(await ChangeAsync(("user_connections", "9")));

        var outcome = await RunAsync<ChangeSettings, Outcome<SettingsChanged>>(o => o.RunAsync(
            new() { Values = new Dictionary<string, string?> { ["user_connections"] = "8" }, Version = 1 }, Superadmin, default));

        Assert.Equal(2, Assert.IsType<Outcome<SettingsChanged>.Conflict>(outcome).Version);
        Assert.Equal("9", await AskAsync("SELECT value FROM settings WHERE `key` = 'user_connections'"));
    }

    /// <summary>Two who have read the same version: one of them is told.</summary>
    [MariaDbFact]
    public async Task Of_many_who_save_at_once_one_does()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => RunAsync<ChangeSettings, Outcome<SettingsChanged>>(o => o.RunAsync(
            new() { Values = new Dictionary<string, string?> { ["user_connections"] = $"{i}" }, Version = 1 }, Superadmin, default))));

        Assert.Single(outcomes, o => o is Outcome<SettingsChanged>.Done);
        Assert.Equal(7, outcomes.Count(o => o is Outcome<SettingsChanged>.Conflict));
    }

    [MariaDbFact]
    public async Task A_domain_admin_finds_no_settings()
    {
        await DomainAsync("example.org");
        var ute = await DomainAdminAsync("ute", "example.org");

        Assert.IsType<Outcome<SettingsChanged>.NotFound>(await RunAsync<ChangeSettings, Outcome<SettingsChanged>>(o => o.RunAsync(
            new() { Values = new Dictionary<string, string?> { ["user_connections"] = "8" } }, ute, default)));
        Assert.Null(await RunAsync<SettingRows, SettingsNow?>(r => r.ReadAsync(ute, default)));
    }

    [MariaDbFact]
    public async Task The_state_follows_what_an_apply_wrote_down()
    {
        Assert.Equal(SettingsState.NeverApplied, await StateAsync());
        await ApplyAsync(1);
        Assert.Equal(SettingsState.InForce, await StateAsync());

        await ChangeAsync(("user_connections", "9"));
        Assert.Equal(SettingsState.Pending, await StateAsync());
        await ApplyAsync(2);
        Assert.Equal(SettingsState.InForce, await StateAsync());
    }

    [MariaDbFact]
    public async Task What_the_last_apply_did_is_told_and_why_it_did_nothing()
    {
        Assert.Null(await LastAsync([]));

        Assert.Equivalent(new { Host = "mail.example.org", Reasons = Array.Empty<object>(), More = 0 }, await LastAsync([[]]));
        var refused = await LastAsync([[], [new Problem("x", "ApplyChanged", "/etc/postfix/main.cf", new string('d', 5000)), .. Enumerable.Repeat(new Problem("", "ApplyFailed", "\"\\ü"), 6)]]);
        Assert.Equal(["ApplyChanged", "ApplyFailed", "ApplyFailed"], refused!.Reasons.Select(r => r.Code));
        Assert.Equal((4, "/etc/postfix/main.cf", 81), (refused.More, refused.Reasons[0].Args[0], refused.Reasons[0].Args[1].Length));
        // Whatever was said, it is kept, if need be without the words.
        var wordless = await LastAsync([[.. Enumerable.Repeat(new Problem("", "ApplyFailed", [.. Enumerable.Repeat(new string('"', 80), 9)]), 3)]]);
        Assert.Equal((0, 3), (wordless!.Reasons.Count, wordless.More));
        await AskAsync("UPDATE settings SET value = 'nonsense' WHERE `key` = 'looked.mail-server'");
        Assert.Null(await LastAsync([]));
    }

    private async Task<LastApply?> LastAsync(IReadOnlyList<IReadOnlyList<Problem>> applies)
    {
        foreach (var problems in applies)
        {
            await DbAsync(async db =>
            {
                await LastApply.RecordAsync(db, "mail.example.org", problems, default);
                return 0;
            });
        }
        return (await RunAsync<SettingRows, SettingsNow?>(r => r.ReadAsync(Superadmin, default)))!.Last;
    }

    private Task<Outcome<SettingsChanged>> ChangeAsync(params (string Key, string? Value)[] values) => RunAsync<ChangeSettings, Outcome<SettingsChanged>>(
        o => o.RunAsync(new() { Values = values.ToDictionary(v => v.Key, v => v.Value) }, Superadmin, default));

    private async Task<SettingsState> StateAsync() => (await RunAsync<SettingRows, SettingsNow?>(r => r.ReadAsync(Superadmin, default)))!.State;

    private Task<int> ApplyAsync(long version) => DbAsync(async db =>
    {
        await db.RecordAppliedAsync(version, default);
        return 0;
    });
}
