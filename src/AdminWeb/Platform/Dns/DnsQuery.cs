using System.Net;

namespace AdminPanel.Web.Platform.Dns;

/// <summary>How DNS is asked here: by which resolver, and believing what.</summary>
/// <param name="resolver">Null: those of the host.</param>
/// <param name="trustAnchor">A file with the root's key; null: DNSSEC is not asked about.</param>
public sealed class DnsQuery(string? resolver, string? trustAnchor)
{
    /// <summary>In the configuration: "192.0.2.53" or "192.0.2.53@5353"; the host's resolvers without it.</summary>
    public const string ResolverSetting = "Dns:Resolver";

    /// <summary>In the configuration: a file with the root's key, or "none"; Debian's (package dns-root-data) without it.</summary>
    public const string TrustAnchorSetting = "Dns:TrustAnchor";

    private const string DebiansTrustAnchor = "/usr/share/dns/root.key";

    /// <exception cref="SettingException">The resolver is no address.</exception>
    public static DnsQuery Of(IConfiguration configuration)
    {
        var anchor = configuration[TrustAnchorSetting] ?? (File.Exists(DebiansTrustAnchor) ? DebiansTrustAnchor : "none");
        var resolver = configuration[ResolverSetting] is { Length: > 0 } text ? text : null;
        var parts = (resolver ?? "127.0.0.1").Split('@', 2);
        return IPAddress.TryParse(parts[0], out _) && (parts.Length == 1 || ushort.TryParse(parts[1], out _))
            ? new DnsQuery(resolver, anchor == "none" ? null : anchor)
            : throw new SettingException($"{ResolverSetting} must be an address such as 192.0.2.53 or 192.0.2.53@5353.");
    }

    /// <summary>Begins to ask about something: one domain, or many in a row.</summary>
    /// <param name="ct">Ends every question of it.</param>
    public DnsInquiry Begin(CancellationToken ct) => new(resolver, trustAnchor, ct);
}
