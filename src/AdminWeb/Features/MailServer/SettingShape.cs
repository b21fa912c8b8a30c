using System.Globalization;
using System.Resources;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>
/// What the value of a setting looks like. Only the stored form is ever rendered (<see cref="SettingValue"/>); people may
/// write it more freely.
/// </summary>
/// <param name="Name">In the wording, behind "wanted.".</param>
/// <param name="Accepts">Whether a text is a value in its stored form.</param>
public sealed record SettingShape(string Name, Func<string, bool> Accepts)
{
    private const string None = "none";

    private static readonly ResourceManager Words = new(typeof(MailServerText));

    public static SettingShape HostName { get; } = new("HostName", text => SettingValue.IsHostName(text, out _))
    {
        Stored = typed => DomainName.TryParse(typed, out var name) ? name.Value : typed,
    };

    public static SettingShape Recipient { get; } = new("Recipient", text => SettingValue.IsRecipient(text, out _))
    {
        Stored = typed => EmailAddress.TryParse(typed, out var address) ? address.Value : typed,
    };

    public static SettingShape MessageSize { get; } = new("MessageSize", text => SettingValue.IsMessageSize(text, out _))
    {
        Stored = typed => ByteSize.TryParse(typed, out var size) ? size.Bytes.ToString(CultureInfo.InvariantCulture) : typed,
        Shown = stored => SettingValue.IsMessageSize(stored, out var bytes) ? new ByteSize(bytes).ToString() : stored,
    };

    public static SettingShape Delimiter { get; } = OneOf("Delimiter", [.. RecipientDelimiter.Choices]);

    public static SettingShape NextHop { get; } = new("NextHop", text => text == None || SettingValue.IsRelayhost(text));

    public static SettingShape YesNo { get; } = OneOf("YesNo", "yes", "no");

    public static SettingShape BlockLists { get; } = new("BlockLists", text => text == None || SettingValue.IsHostNames(text))
    {
        Stored = typed => string.Join(',', Parts(typed).Select(HostName.Stored)),
        Shown = stored => stored.Replace(",", ", ", StringComparison.Ordinal),
    };

    public static SettingShape PublicAddresses { get; } = new("PublicAddresses", text => text == None || SettingValue.IsPublicAddresses(text))
    {
        // Of IPv4 there is one spelling: the library takes 0x10 for 0.0.0.16.
        Stored = typed => string.Join(',', Parts(typed).Select(a => a.Contains(':', StringComparison.Ordinal) && System.Net.IPAddress.TryParse(a, out var ip) ? ip.ToString() : a)),
        Shown = BlockLists.Shown,
    };

    public static SettingShape Authorities { get; } = new("Authorities", text => text == None || SettingValue.IsHostNames(text)) { Stored = BlockLists.Stored, Shown = BlockLists.Shown };

    public static SettingShape Rate { get; } = new("Rate", text => text == None || SettingValue.IsRate(text, out _));

    public static SettingShape Connections { get; } = new("Connections", text => SettingValue.IsConnections(text, out _));

    public static SettingShape TlsMinimum { get; } = OneOf("TlsMinimum", "1.2", "1.3");

    public static SettingShape SpamFilter { get; } = OneOf("SpamFilter", None, "rspamd");

    public static SettingShape Signer { get; } = OneOf("Signer", "rspamd", "opendkim");

    public static SettingShape Listen { get; } = new("Listen", IsEndpoint);

    public static SettingShape OptionalListen { get; } = new("OptionalListen", text => SettingValue.IsOptionalEndpoint(text, out _));

    public static SettingShape Loopback { get; } = new("Loopback", IsLoopback);

    public static SettingShape OptionalLoopback { get; } = new("OptionalLoopback", text => text == None || IsLoopback(text));

    public static SettingShape Path { get; } = new("Path", SettingValue.IsPath);

    public static SettingShape SocketDirectory { get; } = new("SocketDirectory", SettingValue.IsSocketDirectory);

    public static SettingShape Milters { get; } = new("Milters", text => text == None || Milter.ParseAll(text) is not null)
    {
        Stored = typed => string.Join(',', Parts(typed)),
        Shown = BlockLists.Shown,
    };

    /// <summary>postconf(5), milter_default_action.</summary>
    public static SettingShape WhileAway { get; } = OneOf("WhileAway", "tempfail", "accept");

    public static SettingShape Paths { get; } = OneOf("Paths", HostPaths.OnDebian, HostPaths.OnFreeBsd);

    public static SettingShape AccountId { get; } = new("AccountId", text => SettingValue.IsAccountId(text, out _));

    public static SettingShape DatabaseHost { get; } = new("DatabaseHost", text => DatabaseHosts.TryParse(text, out _));

    public static SettingShape Identifier { get; } = new("Identifier", SettingValue.IsIdentifier);

    public static SettingShape Password { get; } = new("Password", SettingValue.IsSecret);

    public static SettingShape OptionalPassword { get; } = new("OptionalPassword", text => text == None || SettingValue.IsSecret(text));

    /// <summary>All values that there are, where they can be counted; else empty.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>The stored form of what somebody typed, or the text itself where it is none.</summary>
    public Func<string, string> Stored { get; private init; } = typed => typed;

    /// <summary>A stored value as people write it.</summary>
    public Func<string, string> Shown { get; private init; } = stored => stored;

    /// <summary>What a value looks like, for the sentence that refuses another; in the reader's language.</summary>
    public string Wanted => Words.GetString($"wanted.{Name}", CultureInfo.CurrentUICulture)!;

    private static string[] Parts(string typed) => typed.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    private static SettingShape OneOf(string name, params string[] choices) => new(name, choices.Contains) { Choices = choices };

    private static bool IsEndpoint(string text) => Endpoint.TryParse(text, out _);

    // Whoever connects there may send anywhere.
    private static bool IsLoopback(string text) =>
        Endpoint.TryParse(text, out var endpoint) && endpoint.Address is { } address && System.Net.IPAddress.IsLoopback(address);
}
