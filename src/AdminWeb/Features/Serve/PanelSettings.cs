using AdminPanel.Web.Platform;
using System.Globalization;
using System.Net;

namespace AdminPanel.Web.Features.Serve;

/// <summary>
/// Section "Panel": where the panel listens, the address people type, and the limits of a session. Read and checked
/// once at start; what would serve passwords in clear is refused here, before a socket is open.
/// </summary>
public sealed record PanelSettings
{
    public const string Section = "Panel";

    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>Panel:Listen, addresses such as http://localhost:8080 or https://0.0.0.0:8443, separated by commas.</summary>
    public required IReadOnlyList<BindingAddress> Listen { get; init; }

    /// <summary>Panel:Url, the address people type. Default: the first address of Panel:Listen. No slash at its end.</summary>
    public required string Url { get; init; }

    /// <summary>Panel:Proxy, addresses or networks whose X-Forwarded-For, X-Forwarded-Proto and X-Request-Id are believed.</summary>
    public required IReadOnlyList<IPNetwork> Proxies { get; init; }

    /// <summary>Panel:Certificate and Panel:CertificateKey, PEM files; read again when they change.</summary>
    public string? Certificate { get; init; }

    public string? CertificateKey { get; init; }

    /// <summary>Panel:KeyFile, the key that is not in the database. All panels of one database share it.</summary>
    public required string KeyFile { get; init; }

    /// <summary>Panel:SessionIdle: a session ends when nothing happened for so long.</summary>
    public required TimeSpan SessionIdle { get; init; }

    /// <summary>Panel:SessionLimit: a session ends after so long, however busy it was.</summary>
    public required TimeSpan SessionLimit { get; init; }

    /// <summary>Panel:RefusalFloor: no refused sign-in is answered sooner. Above the time of the slowest password scheme.</summary>
    public required TimeSpan RefusalFloor { get; init; }

    /// <summary>Panel:SealPause: how long the audit's sealer waits between two looks, and so what a transaction has at the least to commit.</summary>
    public required TimeSpan SealPause { get; init; }

    /// <summary>Panel:CountPause: how long what lists are ordered by may be out of date.</summary>
    public required TimeSpan CountPause { get; init; }

    /// <summary>Panel:DnsPause: how long the panel waits between two looks for DNS records that are due.</summary>
    public required TimeSpan DnsPause { get; init; }

    /// <summary>Panel:DnsRound: how old what was found of a domain's DNS records gets before the panel looks again.</summary>
    public required TimeSpan DnsRound { get; init; }

    /// <summary>True when people reach the panel over HTTPS, by itself or through the proxy.</summary>
    public bool IsSecure => Url.StartsWith("https://", StringComparison.Ordinal);

    public bool HasProxy => Proxies.Count > 0;

    /// <exception cref="SettingException">A setting is missing, cannot be read, or would serve plain HTTP to a network.</exception>
    public static PanelSettings Read(IConfiguration configuration)
    {
        var panel = configuration.GetSection(Section);
        var listen = Words(panel["Listen"] ?? "http://localhost:8080").Select(Address).ToList();
        var proxies = Words(panel["Proxy"]).Select(Network).ToList();
        var settings = new PanelSettings
        {
            Listen = listen,
            Url = BaseUrl(panel["Url"], listen, proxies.Count > 0),
            Proxies = proxies,
            Certificate = NullIfEmpty(panel["Certificate"]),
            CertificateKey = NullIfEmpty(panel["CertificateKey"]),
            KeyFile = NullIfEmpty(panel["KeyFile"]) ?? "/etc/adminpanel/panel.key",
            SessionIdle = Span(panel, "SessionIdle", TimeSpan.FromHours(1)),
            SessionLimit = Span(panel, "SessionLimit", TimeSpan.FromHours(12)),
            RefusalFloor = Span(panel, "RefusalFloor", TimeSpan.FromSeconds(1)),
            SealPause = Span(panel, "SealPause", TimeSpan.FromSeconds(5)),
            DnsPause = Span(panel, "DnsPause", TimeSpan.FromMinutes(1)),
            DnsRound = Span(panel, "DnsRound", TimeSpan.FromHours(6)),
            CountPause = Span(panel, "CountPause", TimeSpan.FromMinutes(5)),
        };
        settings.RefusePlainHttp();
        return settings;
    }

    /// <summary>True for a peer whose forwarded headers are believed. A unix socket has no address: whoever may open it is believed.</summary>
    public bool Trusts(IPAddress? peer)
    {
        if (!HasProxy) return false;
        if (peer is null) return true;

        var plain = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return Proxies.Any(network => network.Contains(plain));
    }

    private void RefusePlainHttp()
    {
        foreach (var address in Listen)
        {
            if (IsHttps(address))
            {
                if (Certificate is null) throw new SettingException($"Panel:Listen has {address}: name its certificate in Panel:Certificate, and the key in Panel:CertificateKey.");
            }
            else if (!IsLoopback(address) && !HasProxy)
            {
                throw new SettingException(
                    $"Panel:Listen has {address}, which would send passwords in clear over the network. "
                    + "Listen on localhost, or use https with Panel:Certificate, or name the reverse proxy in front in Panel:Proxy.");
            }
        }
        if (HasProxy && !IsSecure && !IsLoopback(BindingAddress.Parse(Url)))
            throw new SettingException($"Panel:Url is {Url}: people behind the proxy of Panel:Proxy must reach the panel over https.");
    }

    private static string BaseUrl(string? url, List<BindingAddress> listen, bool hasProxy)
    {
        if (NullIfEmpty(url) is not { } text)
        {
            if (hasProxy) throw new SettingException("Panel:Proxy is set: name the address that people type in Panel:Url, for example https://panel.example.org.");

            return listen[0].ToString().TrimEnd('/');
        }
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", Query: "", Fragment: "", AbsolutePath: "/" })
            return text.TrimEnd('/');

        throw new SettingException($"Panel:Url is \"{text}\": write it as https://panel.example.org, with no path.");
    }

    private static BindingAddress Address(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            if (address.Scheme is "http" or "https" && address.PathBase.Length == 0) return address;
        }
        catch (FormatException)
        {
            // The sentence below says what an address looks like.
        }
        throw new SettingException($"Panel:Listen has \"{text}\": write an address as http://localhost:8080 or https://0.0.0.0:8443.");
    }

    private static IPNetwork Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);

        throw new SettingException($"Panel:Proxy has \"{text}\": write an address or a network, for example 10.0.0.5 or 10.0.0.0/24.");
    }

    private static TimeSpan Span(IConfigurationSection panel, string key, TimeSpan otherwise)
    {
        if (NullIfEmpty(panel[key]) is not { } text) return otherwise;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero) return span;

        throw new SettingException($"Panel:{key} is \"{text}\": write a time as hours:minutes:seconds, for example 01:00:00.");
    }

    private static bool IsHttps(BindingAddress address) => address.Scheme == "https";

    private static bool IsLoopback(BindingAddress address) =>
        address.IsUnixPipe
        || string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static string[] Words(string? list) =>
        (list ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
