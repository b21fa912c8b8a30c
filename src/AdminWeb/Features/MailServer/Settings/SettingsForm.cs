using System.Reflection;
using System.Text.Json;

namespace AdminPanel.Web.Features.MailServer.Settings;

/// <summary>The settings that the panel decides, as a form: each property is the setting of its name in snake case, as people write it.</summary>
public sealed record SettingsForm
{
    private static readonly IReadOnlyDictionary<string, PropertyInfo> Properties =
        typeof(SettingsForm).GetProperties().Where(p => p.PropertyType == typeof(string)).ToDictionary(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name));

    /// <summary>The version the form was filled from.</summary>
    public long Version { get; init; }

    public string? HostName { get; init; }

    public string? HostRecipient { get; init; }

    public string? PublicAddresses { get; init; }

    public string? CertificateAuthorities { get; init; }

    public string? MessageSizeLimit { get; init; }

    public string? RecipientDelimiter { get; init; }

    public string? RelayDomains { get; init; }

    public string? MxRelayhost { get; init; }

    public string? Relayhost { get; init; }

    public string? ClientConnectionRate { get; init; }

    public string? ClientMessageRate { get; init; }

    public string? UserConnections { get; init; }

    public string? TlsMinimum { get; init; }

    public string? DnsBlockLists { get; init; }

    public string? SpamFilter { get; init; }

    public string? SpamNetworkChecks { get; init; }

    public string? DkimSigner { get; init; }

    public string? OutboundRate { get; init; }

    /// <summary>Keys of the settings that have a field.</summary>
    public static IEnumerable<string> Keys => Properties.Keys;

    /// <summary>"HostName" for host_name; a key of no setting stays as it is.</summary>
    public static string FieldOf(string key) => Properties.TryGetValue(key, out var property) ? property.Name : key;

    /// <summary>Filled with what may be changed here; the other fields are null.</summary>
    public static SettingsForm Of(SettingsNow now)
    {
        var form = new SettingsForm { Version = now.Version };
        foreach (var row in now.Rows.Where(r => r.IsChosenHere)) Properties[row.Setting.Key].SetValue(form, row.Shown);
        return form;
    }

    /// <summary>What was typed, by key; an empty field is the default.</summary>
    /// <param name="isSent">Whether the form came with this field: what did not stays as it is.</param>
    public IReadOnlyDictionary<string, string?> Typed(Func<string, bool> isSent) => Properties.Where(p => isSent(p.Value.Name))
        .ToDictionary(p => p.Key, p => p.Value.GetValue(this) is string text && !string.IsNullOrWhiteSpace(text) ? text : null);
}
