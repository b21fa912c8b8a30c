using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AdminPanel.Web.Platform;

/// <summary>A client of a protocol of lines (SMTP, IMAP, POP3, ManageSieve) that says what it is told, with TLS from a moment on.</summary>
internal sealed class LineDialogue : IAsyncDisposable
{
    // RFC 5321 section 4.5.3.1.5 allows 512 octets of a reply; IMAP's greetings are longer.
    private const int LongestLine = 8192;

    private readonly Socket socket;
    private readonly byte[] buffer = new byte[LongestLine];
    private Stream stream;
    private int read;
    private int taken;

    private LineDialogue(Socket socket)
    {
        this.socket = socket;
        stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <exception cref="SocketException">Nobody answers there.</exception>
    public static async Task<LineDialogue> OpenAsync(IPEndPoint server, CancellationToken ct)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, ct);
            return new LineDialogue(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public Socket Socket => socket;

    /// <exception cref="IOException">The server shows another certificate than <paramref name="expected"/>, or speaks no TLS.</exception>
    public Task StartTlsAsync(X509Certificate2 expected, CancellationToken ct) =>
        // Not who signed it and for which name, which is the registrar's and the browser's matter: whether it is the one that was configured.
        StartTlsAsync("", (shown, _, _) => IsSame(shown, expected), ct);

    /// <summary>TLS with whoever shows a certificate that is valid for the host, or this very one.</summary>
    /// <param name="own">Null where it is not known.</param>
    /// <exception cref="IOException">The server shows neither, or speaks no TLS.</exception>
    public Task StartTlsAsync(string host, X509Certificate2? own, CancellationToken ct) =>
        StartTlsAsync(host, (shown, _, errors) => errors == SslPolicyErrors.None || (own is not null && IsSame(shown, own)), ct);

    /// <summary>TLS with whoever is there, to see what they show.</summary>
    /// <param name="host">The name that the server is asked for.</param>
    /// <returns>The server's certificate in DER, and those above it as it showed them.</returns>
    /// <exception cref="IOException">The server speaks no TLS.</exception>
    public async Task<IReadOnlyList<byte[]>> StartTlsAsync(string host, CancellationToken ct)
    {
        IReadOnlyList<byte[]> seen = [];
        await StartTlsAsync(host, (_, chain, _) =>
        {
            seen = [.. chain?.ChainElements.Select(element => element.Certificate.RawData) ?? []];
            return seen.Count > 0;
        }, ct);
        return seen;
    }

    private static bool IsSame(X509Certificate? shown, X509Certificate2 expected) => shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(expected.RawData);

    private async Task StartTlsAsync(string host, Func<X509Certificate?, X509Chain?, SslPolicyErrors, bool> accept, CancellationToken ct)
    {
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host, RemoteCertificateValidationCallback = (_, shown, chain, errors) => accept(shown, chain, errors),
            // What a certificate names as the place of others and of lists is not asked.
            CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
        };
        try
        {
            await tls.AuthenticateAsClientAsync(options, ct);
        }
        catch (System.Security.Authentication.AuthenticationException e)
        {
            throw new IOException($"TLS: {e.InnerException?.Message ?? e.Message}", e);
        }
        stream = tls;
    }

    public async Task SayAsync(string line, CancellationToken ct) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), ct);

    /// <returns>The next line without its end.</returns>
    /// <exception cref="IOException">The server has closed the connection, or says a line without end.</exception>
    public async Task<string> ReadLineAsync(CancellationToken ct)
    {
        while (true)
        {
            var end = buffer.AsSpan(taken, read - taken).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString(buffer, taken, end).TrimEnd('\r');
                taken += end + 1;
                return line;
            }
            buffer.AsSpan(taken, read - taken).CopyTo(buffer);
            (read, taken) = (read - taken, 0);
            if (read == buffer.Length) throw new IOException("It says a line without end.");
            var more = await stream.ReadAsync(buffer.AsMemory(read), ct);
            if (more == 0) throw new IOException("It has closed the connection.");
            read += more;
        }
    }

    /// <summary>So many octets, whatever they are.</summary>
    /// <exception cref="IOException">The server has closed the connection.</exception>
    public async Task<byte[]> ReadAsync(int octets, CancellationToken ct)
    {
        var wanted = new byte[octets];
        var ready = Math.Min(octets, read - taken);
        buffer.AsSpan(taken, ready).CopyTo(wanted);
        taken += ready;
        try
        {
            await stream.ReadExactlyAsync(wanted.AsMemory(ready), ct);
        }
        catch (EndOfStreamException e)
        {
            throw new IOException("It has closed the connection.", e);
        }
        return wanted;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
