using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.MailServer.Settings;

/// <summary>One setting that is another one now; null where it had, or has, no value.</summary>
public sealed record ChangedSetting(string Key, string? Before, string? After);

/// <param name="Changed">Empty where everything was so already.</param>
public sealed record SettingsChanged(long Version, IReadOnlyList<ChangedSetting> Changed);

/// <summary>
/// Chooses settings of the mail server, all of those named or none. What is as it would be without a choice is not
/// stored, so that it follows its default. Superadmins only; what the host decides is nobody's here.
/// </summary>
public sealed class ChangeSettings(AdminDb db, ServerSettings settings)
{
    /// <summary>Name of the settings in the audit.</summary>
    public const string Subject = "mail-server";

    public sealed record Input
    {
        /// <summary>As people write them, by key; null is the default.</summary>
        public required IReadOnlyDictionary<string, string?> Values { get; init; }

        /// <summary>The version the form was filled from; null for whoever changes what is there in any case.</summary>
        public long? Version { get; init; }
    }

    public async Task<Outcome<SettingsChanged>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<SettingsChanged>();

        var chosen = new Dictionary<string, string?>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var (key, typed) in input.Values)
        {
            var setting = SettingCatalogue.Find(key);
            var text = setting is null || typed is null ? setting?.Default : Stored(setting, typed);
            if (Refusal(key, setting, text) is { } problem) problems.Add(problem);
            else chosen[key] = text;
        }
        if (problems.Count > 0) return Outcome.Refused<SettingsChanged>(problems);

        return await db.InTransactionAsync(token => ChangeAsync(chosen, input.Version, actor, token), duplicate: null, ct);
    }

    // A line break is no space that may be left out in silence.
    private static string Stored(SettingDefinition setting, string typed) =>
        typed.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029') ? typed : setting.Shape.Stored(typed.Trim());

    private Problem? Refusal(string key, SettingDefinition? setting, string? text) => setting switch
    {
        null => new Problem(key, "SettingUnknown", key),
        { Source: not SettingSource.Panel } => new Problem(key, "SettingOfHost", key, ServerSettings.VariableOf(key)),
        _ when settings.PlaceOf(key) is { } place => new Problem(key, "SettingFixed", key, place),
        _ => MailServerSettings.ShapeProblem(setting, text),
    };

    private async Task<Outcome<SettingsChanged>> ChangeAsync(Dictionary<string, string?> chosen, long? version, Actor actor, CancellationToken ct)
    {
        await db.LockSettingsAsync(ct);
        var rows = await db.Settings.ToDictionaryAsync(s => s.Key, ct);
        var current = SettingsVersion.Of(rows);
        if (version is not null && version != current) return Outcome.Conflict<SettingsChanged>(current);

        var changed = chosen.Select(c => new ChangedSetting(c.Key, settings.Chosen(c.Key, rows.GetValueOrDefault(c.Key)?.Value), c.Value)).Where(c => c.Before != c.After).ToList();
        foreach (var change in changed) Write(rows, change);
        if (await HostProblemAsync(rows, changed, ct) is { } problem) return Outcome.Refused<SettingsChanged>(problem);
        if (changed.Count == 0) return Outcome.Done(new SettingsChanged(current, changed));

        db.Audit(actor, "settings.change", Subject, null, changed.ToDictionary(c => c.Key, c => c.Before), changed.ToDictionary(c => c.Key, c => c.After));
        return Outcome.Done(new SettingsChanged(SettingsVersion.Raise(db, rows), changed));
    }

    private void Write(Dictionary<string, Setting> rows, ChangedSetting change)
    {
        if (change.After == SettingCatalogue.Find(change.Key)!.Default)
        {
            if (rows.Remove(change.Key, out var old)) db.Settings.Remove(old);
        }
        else if (rows.TryGetValue(change.Key, out var row)) (row.Value, row.UpdatedAt) = (change.After!, db.UtcNow);
        else
        {
            rows[change.Key] = new Setting { Key = change.Key, Value = change.After!, UpdatedAt = db.UtcNow };
            db.Settings.Add(rows[change.Key]);
        }
    }

    /// <summary>What render would refuse about the two that belong together, and about mailboxes that are there.</summary>
    private async Task<Problem?> HostProblemAsync(Dictionary<string, Setting> rows, List<ChangedSetting> changed, CancellationToken ct)
    {
        if (changed.FirstOrDefault(c => c.Key == RecipientDelimiter.Key) is { After: var delimiter } && await settings.DelimiterProblemAsync(RecipientDelimiter.Of(delimiter), ct) is { } cut) return cut;

        string? Now(string key) => settings.Chosen(key, rows.GetValueOrDefault(key)?.Value);
        if (changed.All(c => c.Key is not ("host_name" or "host_recipient"))) return null;
        if (Now("host_name") is not { } name) return null;
        if (Now("host_recipient") is { } recipient && MailServerSettings.HostProblem(name, recipient) is { } circle) return circle;

        return DomainName.TryParse(name, out var domain) ? await settings.DomainProblemAsync(domain, ct) : null;
    }
}
