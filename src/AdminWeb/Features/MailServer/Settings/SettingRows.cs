using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.MailServer.Settings;

/// <summary>Where the value of a setting comes from.</summary>
public enum SettingOrigin
{
    /// <summary>It has no default, and nobody has chosen it.</summary>
    Nowhere,
    Default,
    Panel,
    Host,
}

/// <summary>A setting and what it is now.</summary>
/// <param name="Value">In its stored form, and not always of the right shape; null where there is none, and for every secret.</param>
/// <param name="Place">The file or variable of the host's configuration that says it; null where that says nothing.</param>
public sealed record SettingRow(SettingDefinition Setting, string? Value, SettingOrigin From, string? Place)
{
    /// <summary>Whether the panel may change it: the host's configuration wins over what the panel stores.</summary>
    public bool IsChosenHere => Setting.Source == SettingSource.Panel && From != SettingOrigin.Host;

    /// <summary>As people write it.</summary>
    public string Shown => Value is null ? "" : Setting.Shape.Shown(Value);

    /// <summary>What the host's configuration or somebody past the panel has written is not always a value.</summary>
    public bool IsRight => Setting.Source == SettingSource.Secret || Value is null || Setting.Accepts(Value);
}

/// <summary>All settings at one moment.</summary>
/// <param name="Version">Of those that the panel decides.</param>
/// <param name="Last">Null before the first apply.</param>
public sealed record SettingsNow(long Version, SettingsState State, LastApply? Last, IReadOnlyList<SettingRow> Rows);

/// <summary>The mail server's settings to look at, as the next render would read them; for superadmins.</summary>
public sealed class SettingRows(AdminDb db, ServerSettings settings)
{
    /// <summary>Null for anybody else.</summary>
    public async Task<SettingsNow?> ReadAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return null;

        var stored = await db.Settings.AsNoTracking().ToDictionaryAsync(s => s.Key, ct);
        return new SettingsNow(SettingsVersion.Of(stored), SettingsVersion.StateOf(stored), LastApply.Of(stored), [.. SettingCatalogue.All.Select(s => Row(s, stored.GetValueOrDefault(s.Key)?.Value))]);
    }

    private SettingRow Row(SettingDefinition setting, string? stored)
    {
        var here = setting.Source == SettingSource.Panel ? stored : null;
        var place = settings.PlaceOf(setting.Key);
        var value = settings.Chosen(setting.Key, here);
        var from = (place, here, value) switch
        {
            (not null, _, _) => SettingOrigin.Host,
            (_, not null, _) => SettingOrigin.Panel,
            (_, _, not null) => SettingOrigin.Default,
            _ => SettingOrigin.Nowhere,
        };
        return new SettingRow(setting, setting.Source == SettingSource.Secret ? null : value, from, place);
    }
}
