using AdminPanel.Web.Platform;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace AdminPanel.Web.Features.Serve;

/// <summary>Binds Kestrel to the addresses of <see cref="PanelSettings.Listen"/> and to nothing else.</summary>
internal static class Listening
{
    /// <summary>No form of the panel is longer; an import will ask for its own limit.</summary>
    private const long LongestBody = 1024 * 1024;

    public static void Listen(this KestrelServerOptions kestrel, PanelSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LongestBody;
        var certificate = settings is { Certificate: { } file } ? new CertificateFile(file, settings.CertificateKey) : null;
        foreach (var address in settings.Listen)
        {
            Bind(kestrel, address, endpoint =>
            {
                if (address.Scheme == "https")
                    endpoint.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificateSelector = (_, _) => certificate!.Current() });
            });
        }
        // A file that cannot be read is a refusal at start, not at the first handshake.
        certificate?.Current();
    }

    private static void Bind(KestrelServerOptions kestrel, BindingAddress address, Action<ListenOptions> configure)
    {
        if (address.IsUnixPipe) kestrel.ListenUnixSocket(address.UnixPipePath, configure);
        else if (string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)) kestrel.ListenLocalhost(address.Port, configure);
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)) kestrel.Listen(ip, address.Port, configure);
        else if (address.Host is "*" or "+") kestrel.ListenAnyIP(address.Port, configure);
        else throw new SettingException($"Panel:Listen has {address}: listen on an IP address, localhost or *.");
    }
}
