using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Platform;
using Endpoint = AdminPanel.Web.Features.MailServer.Endpoint;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>Which key the mail server shows on port 25: seen there, by way of STARTTLS, or read where the daemons read it.</summary>
public sealed class ServerKeys(IConfiguration configuration)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <param name="host">The mail server's name: who calls himself otherwise is another server on this host.</param>
    /// <returns>Null where the port is not on this host, or does not answer, and the file cannot be read.</returns>
    public async Task<ServerKey?> FindAsync(DomainName host, CancellationToken ct) =>
        (await ShownAsync(host.Value, ct) ?? InFile()) is { Count: > 0 } certificates ? ServerKey.Of(certificates) : null;

    private async Task<IReadOnlyList<byte[]>?> ShownAsync(string host, CancellationToken ct)
    {
        if (!Endpoint.TryParse(Setting("smtp_listen"), out var endpoint)) return null;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            await using var smtp = await LineDialogue.OpenAsync(new(endpoint.Address ?? System.Net.IPAddress.Loopback, endpoint.Port), limit.Token);
            var greeting = await ReplyAsync(smtp, null, limit.Token);
            if (!greeting.StartsWith("220", StringComparison.Ordinal) || !greeting[3..].TrimStart(' ', '-').Split(' ')[0].Equals(host, StringComparison.OrdinalIgnoreCase)) return null;
            foreach (var command in (string[])["EHLO localhost", "STARTTLS"])
            {
                if ((await ReplyAsync(smtp, command, limit.Token))[0] != '2') return null;
            }
            return await smtp.StartTlsAsync(host, limit.Token);
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <returns>Its first line.</returns>
    private static async Task<string> ReplyAsync(LineDialogue smtp, string? command, CancellationToken ct)
    {
        if (command is not null) await smtp.SayAsync(command, ct);
        var first = await smtp.ReadLineAsync(ct);
        for (var line = first; line.Length > 3 && line[3] == '-';) line = await smtp.ReadLineAsync(ct);
        return first.Length > 0 ? first : throw new IOException("It answers an empty line.");
    }

    private IReadOnlyList<byte[]>? InFile()
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(Setting("tls_certificate"));
            return [.. certificates.Select(c => c.RawData)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }

    private string Setting(string key) => ServerSettings.Configured(configuration, key) ?? SettingCatalogue.Find(key)!.DefaultOn(ServerSettings.Configured(configuration, HostPaths.Key))!;
}
