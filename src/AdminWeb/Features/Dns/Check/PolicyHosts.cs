using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.Https;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>Where policies on TLS may be fetched from, and whose certificates are trusted there.</summary>
public sealed record PolicyHosts(ReachableNetworks Networks, TextFetch Fetch)
{
    /// <summary>In the configuration: networks such as 10.0.0.0/8, separated by commas, that are asked beside the internet.</summary>
    public const string NetworksSetting = "Dns:PolicyNetworks";

    /// <summary>In the configuration: a PEM file of the authorities that are trusted in place of the host's.</summary>
    public const string AuthoritiesSetting = "Dns:PolicyAuthorities";

    /// <exception cref="SettingException">A network is none, or the file cannot be read.</exception>
    public static PolicyHosts Of(IConfiguration configuration)
    {
        var networks = (configuration[NetworksSetting] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(text => IPNetwork.TryParse(text, out var network) ? network : throw new SettingException($"{NetworksSetting} has \"{text}\": write a network, for example 10.0.0.0/8.")).ToList();
        return new(new ReachableNetworks(networks), new TextFetch(configuration[AuthoritiesSetting] is { Length: > 0 } path ? Authorities(path) : null));
    }

    private static X509Certificate2Collection Authorities(string path)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(path);
            return authorities;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingException($"{AuthoritiesSetting} {path} cannot be read: {e.Message}");
        }
    }
}
