using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Integration.Web;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Dkim;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdminPanel.Tests.Integration.Dns;

/// <summary>A key goes through its life while nobody does anything but publish its record: the panel that serves looks by itself.</summary>
public sealed class DkimWatchTests : IAsyncLifetime
{
    private NameServer server = null!;

    [NameServerFact]
    public async Task A_waiting_key_signs_when_its_record_appears_and_the_one_before_it_ends_by_itself()
    {
        await using var panel = await PanelAsync();
        await AddAsync(panel, "old");
        await AddAsync(panel, "new");
        await PublishAsync(panel, "old");
        await DueAsync(panel);
        await AwaitAsync(panel, "old", "state = 'active'");

        // Not there yet: looked for in vain, and not let to sign.
        await AwaitAsync(panel, "new", "checked_at > UTC_TIMESTAMP(6) - INTERVAL 1 HOUR");
        Assert.Equal("waiting", await panel.SqlAsync("SELECT state FROM dkim_keys WHERE selector = 'new'"));

        await PublishAsync(panel, "old", "new");
        await DueAsync(panel);
        await AwaitAsync(panel, "new", "state = 'active'");
        await AwaitAsync(panel, "old", "state = 'retiring'");

        // Its record must stay for a week, however often somebody looks.
        await DueAsync(panel);
        await AwaitAsync(panel, "old", "checked_at > UTC_TIMESTAMP(6) - INTERVAL 1 HOUR");
        Assert.Equal("retiring", await panel.SqlAsync("SELECT state FROM dkim_keys WHERE selector = 'old'"));
        await panel.SqlAsync("UPDATE dkim_keys SET retiring_since = retiring_since - INTERVAL 7 DAY WHERE selector = 'old'");
        await DueAsync(panel);
        await AwaitAsync(panel, "old", "state = 'retired'");

        Assert.Equal("dkim.activate old\ndkim.activate new\ndkim.retire old", await panel.SqlAsync(
            "SELECT CONCAT(action, ' ', COALESCE(JSON_VALUE(`after`, '$.signing'), JSON_VALUE(`after`, '$.selector'))) FROM audit_entries WHERE action IN ('dkim.activate', 'dkim.retire') ORDER BY id"));
    }

    [NameServerFact]
    public async Task A_key_that_has_signed_for_long_is_followed_by_one_that_waits_for_its_record()
    {
        await using var panel = await PanelAsync();
        await AddAsync(panel, "first");
        await AddAsync(panel, "other");
        await panel.SqlAsync("UPDATE dkim_keys SET state = 'active', active_since = UTC_TIMESTAMP(6) - INTERVAL 7 MONTH; UPDATE dkim_keys SET state = 'retired' WHERE selector = 'other'; UPDATE domains SET dkim_rotation_months = 8");
        // A turn in which it is too young.
        await DueAsync(panel);
        await AwaitAsync(panel, "first", "checked_at > UTC_TIMESTAMP(6) - INTERVAL 1 HOUR");
        Assert.Equal("2", await panel.SqlAsync("SELECT COUNT(*) FROM dkim_keys"));

        await panel.SqlAsync("UPDATE domains SET dkim_rotation_months = 6");
        var next = $"e{DateTime.UtcNow.Year}a";
        await AwaitAsync(panel, next, "state = 'waiting' AND algorithm = 'ed25519'");
        Assert.Equal("active", await panel.SqlAsync("SELECT state FROM dkim_keys WHERE selector = 'first'"));

        // One is enough, though the first still signs; and when its record is there it takes the place.
        await PublishAsync(panel, "first", next);
        await DueAsync(panel);
        await AwaitAsync(panel, next, "state = 'active'");
        await AwaitAsync(panel, "first", "state = 'retiring'");
        Assert.Equal("3", await panel.SqlAsync("SELECT COUNT(*) FROM dkim_keys"));
    }

    public async Task InitializeAsync()
    {
        if (Requirement.NameServer.Repair is not null) return;

        server = await NameServer.StartAsync();
        await server.WriteZoneAsync("own.example", [server.Address]);
    }

    public async Task DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    private async Task<Panel> PanelAsync()
    {
        var panel = await Panel.StartAsync($"--Dns:Resolver={server.Address}", "--Panel:DnsPause=00:00:01");
        await panel.SqlAsync(
            $"""
            INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES ('own.example', 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
            REPLACE INTO settings (`key`, value, updated_at) VALUES ('public.sealing-key', '{Convert.ToBase64String(SealedBox.PublicKeyOf(SealedBox.NewPrivateKey()))}', UTC_TIMESTAMP(6))
            """);
        return panel;
    }

    private static async Task AddAsync(Panel panel, string selector)
    {
        await using var scope = panel.Services.CreateAsyncScope();
        var id = long.Parse(await panel.SqlAsync("SELECT id FROM domains"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.IsType<Outcome<Saved>.Done>(await scope.ServiceProvider.GetRequiredService<AddDkimKey>().RunAsync(new() { DomainId = id, Selector = selector, Algorithm = DkimAlgorithm.Ed25519 }, Actor.CommandLine("test"), default));
    }

    private async Task PublishAsync(Panel panel, params string[] selectors)
    {
        await using var scope = panel.Services.CreateAsyncScope();
        var overview = (await scope.ServiceProvider.GetRequiredService<DkimRows>().FindAsync(DomainName.Parse("own.example"), Actor.CommandLine("test"), default))!;
        await server.WriteZoneAsync("own.example", [server.Address], [.. overview.Keys.Where(k => selectors.Contains(k.Selector)).Select(k => $"{k.RecordName}. TXT \"{k.Record}\"")]);
    }

    /// <summary>As if the last look had been two days ago.</summary>
    private static async Task DueAsync(Panel panel) => await panel.SqlAsync("UPDATE dkim_keys SET seen_at = seen_at - INTERVAL 2 DAY, checked_at = checked_at - INTERVAL 2 DAY");

    private static async Task AwaitAsync(Panel panel, string selector, string condition)
    {
        for (var tries = 0; await panel.SqlAsync($"SELECT COUNT(*) FROM dkim_keys WHERE selector = '{selector}' AND {condition}") != "1"; tries++)
        {
            Assert.True(tries < 600, $"{selector}: {condition}");
            await Task.Delay(100);
        }
    }
}
