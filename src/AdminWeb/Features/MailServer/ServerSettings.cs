using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>The mail server's settings as they are chosen: the settings table, over it the host's configuration, over it what comes with a command.</summary>
public sealed class ServerSettings(AdminDb db, IConfiguration configuration)
{
    private const string ConfigurationSection = "MailServer";

    private static readonly Dictionary<string, string> NoOverrides = [];

    /// <summary>By key, unchecked; with the defaults, so that only settings without one can be missing.</summary>
    public async Task<Dictionary<string, string>> ReadAsync(CancellationToken ct, IReadOnlyDictionary<string, string>? overrides = null)
    {
        var stored = await db.Settings.ToDictionaryAsync(setting => setting.Key, setting => setting.Value, ct);
        var values = new Dictionary<string, string>();
        var paths = (overrides ?? NoOverrides).GetValueOrDefault(HostPaths.Key) ?? Configured(configuration, HostPaths.Key);
        foreach (var setting in SettingCatalogue.All)
        {
            // Of the table only what the panel may decide is read.
            var value = !setting.IsInTableAlone && (overrides ?? NoOverrides).TryGetValue(setting.Key, out var said) ? setting.Shape.Stored(said)
                : Chosen(setting.Key, setting.Source == SettingSource.Panel ? stored.GetValueOrDefault(setting.Key) : null, paths);
            if (value is not null) values[setting.Key] = value;
        }
        return values;
    }

    /// <summary>One that the panel decides.</summary>
    /// <param name="stored">What the settings table has, where the caller has read it along with something else.</param>
    public string? Chosen(string key, string? stored) => Chosen(key, stored, Configured(configuration, HostPaths.Key));

    private string? Chosen(string key, string? stored, string? paths)
    {
        var setting = SettingCatalogue.Find(key)!;
        return !setting.IsInTableAlone && Configured(configuration, key) is { } said ? setting.Shape.Stored(said) : stored ?? setting.DefaultOn(paths);
    }

    /// <summary>The names of the host would be answered twice, by the tables and by host_aliases. Null where it is no mail domain.</summary>
    public async Task<Problem?> DomainProblemAsync(DomainName hostName, CancellationToken ct) =>
        await db.Domains.AnyAsync(domain => domain.Name == hostName, ct) ? new Problem("host_name", "HostNameIsMailDomain", hostName.Value) : null;

    /// <summary>A mailbox whose name holds the delimiter would get no mail: Dovecot looks for the name before it.</summary>
    public async Task<Problem?> DelimiterProblemAsync(RecipientDelimiter delimiter, CancellationToken ct) =>
        await db.MailboxCutByAsync(delimiter, ct) is { } cut ? new Problem(RecipientDelimiter.Key, "DelimiterInMailbox", EmailAddress.Parse(cut).Unicode, delimiter.Sign) : null;

    /// <summary>One that the host alone decides: its configuration, or the default.</summary>
    /// <exception cref="SettingException">It has another shape.</exception>
    public static string OfHost(IConfiguration configuration, string key)
    {
        var setting = SettingCatalogue.Find(key)!;
        return (Configured(configuration, key) ?? setting.DefaultOn(Configured(configuration, HostPaths.Key))) is { } text && setting.Accepts(text) ? text : throw new SettingException($"{key} must be {setting.Wanted}.");
    }

    /// <summary>The port that something listens on; null where it does not, or where the value, which may be written past the panel, has another shape.</summary>
    /// <param name="values">By key, unchecked.</param>
    public static int? PortOf(IReadOnlyDictionary<string, string> values, string key) =>
        values.GetValueOrDefault(key) is { } text && SettingCatalogue.Find(key)!.Accepts(text) && Endpoint.TryParse(text, out var endpoint) ? endpoint.Port : null;

    /// <summary>Whether spam arrives with a mark that scripts can read.</summary>
    /// <param name="values">By key, unchecked.</param>
    public static bool MarksSpam(IReadOnlyDictionary<string, string> values) => values.GetValueOrDefault("spam_filter") == "rspamd";

    /// <summary>What the host's configuration says and the settings table alone may say.</summary>
    public IEnumerable<Problem> Misplaced() =>
        SettingCatalogue.All.Where(setting => setting.IsInTableAlone && Configured(configuration, setting.Key) is not null).Select(setting => new Problem(setting.Key, "SettingOfTable", setting.Key));

    /// <summary>What the host's configuration says, unchecked; null where it says nothing.</summary>
    public static string? Configured(IConfiguration configuration, string key) => configuration[PathOf(key)];

    /// <summary>Where the host's configuration says it: a file or a variable; null where it says nothing.</summary>
    public string? PlaceOf(string key) => SettingCatalogue.Find(key) is { IsInTableAlone: true } || Configured(configuration, key) is null ? null : (configuration as IConfigurationRoot)?.Providers.LastOrDefault(p => p.TryGet(PathOf(key), out _)) switch
    {
        FileConfigurationProvider file => file.Source.FileProvider?.GetFileInfo(file.Source.Path!).PhysicalPath ?? file.Source.Path,
        EnvironmentVariablesConfigurationProvider => VariableOf(key),
        _ => $"--{PathOf(key)}",
    };

    /// <summary>What it is called in the environment.</summary>
    public static string VariableOf(string key) => $"ADMINPANEL__MAILSERVER__{key.ToUpperInvariant()}";

    private static string PathOf(string key) => $"{ConfigurationSection}:{key}";
}
