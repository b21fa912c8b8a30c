using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AdminPanel.Tests.Support;

/// <summary>
/// A connection of lines that end in CR LF, in clear or under TLS. Octets are Latin-1, so that a test can send any.
/// A server that says nothing for half a minute is an error.
/// </summary>
internal sealed class LineConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TcpClient client;
    private Stream stream;

    private LineConnection(TcpClient client)
    {
        this.client = client;
        stream = client.GetStream();
    }

    /// <param name="endpoint">"127.0.0.1:2525".</param>
    /// <param name="from">The client's own address.</param>
    public static async Task<LineConnection> OpenAsync(string endpoint, string from = "127.0.0.1")
    {
        var colon = endpoint.LastIndexOf(':');
        var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0)) { NoDelay = true };
        await client.ConnectAsync(endpoint[..colon], int.Parse(endpoint[(colon + 1)..]));
        return new LineConnection(client);
    }

    /// <summary>The server must have a certificate for localhost from the authority in the file.</summary>
    public async Task StartTlsAsync(string caFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(caFile);
        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy });
        stream = tls;
    }

    public async Task WriteAsync(string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    public async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        var octet = new byte[1];
        using var limit = new CancellationTokenSource(Patience);
        while (await stream.ReadAsync(octet, limit.Token) == 1)
        {
            if (octet[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)octet[0]);
        }
        throw new EndOfStreamException($"The server closed the connection after \"{line}\".");
    }

    /// <summary>All lines until the server closes the connection.</summary>
    public async Task<IReadOnlyList<string>> LastWordsAsync()
    {
        var lines = new List<string>();
        while (true)
        {
            try
            {
                lines.Add(await ReadLineAsync());
            }
            catch (EndOfStreamException)
            {
                return lines;
            }
        }
    }

    public async Task<string> ReadExactlyAsync(int length)
    {
        var octets = new byte[length];
        using var limit = new CancellationTokenSource(Patience);
        await stream.ReadExactlyAsync(octets, limit.Token);
        return Encoding.Latin1.GetString(octets);
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        client.Dispose();
    }
}
