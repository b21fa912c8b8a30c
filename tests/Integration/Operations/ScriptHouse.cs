using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AdminPanel.Tests.Support;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>A ManageSieve server (RFC 5804) of the test on a loopback port, which takes everything unless it is told not to.</summary>
internal sealed class ScriptHouse : IAsyncDisposable
{
    private readonly TestAuthority authority = TestAuthority.Create();
    private readonly X509Certificate2 certificate;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    public ScriptHouse()
    {
        certificate = authority.Issue("mail.example.org");
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string CertificatePem => certificate.ExportCertificatePem();

    /// <summary>By mailbox, the panel's script.</summary>
    public Dictionary<string, string> Scripts { get; } = [];

    /// <summary>Everything that clients said after TLS, in order.</summary>
    public List<string> Said { get; } = [];

    /// <summary>In place of the answer to a command, by its first word; lines end as they stand here.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Dispose();
        certificate.Dispose();
        authority.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                try
                {
                    await TalkAsync(client.GetStream());
                }
                catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // The client has gone.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(NetworkStream plain)
    {
        await SayAsync(plain, Answers.GetValueOrDefault("GREETING") ?? "\"STARTTLS\"\r\nOK \"ready\"\r\n");
        if (await ReadLineAsync(plain) is not "STARTTLS") return;
        await SayAsync(plain, "OK \"go on\"\r\n");
        await using var stream = new SslStream(plain, leaveInnerStreamOpen: true);
        await stream.AuthenticateAsServerAsync(certificate);
        await SayAsync(stream, "\"SASL\" \"PLAIN\"\r\nOK \"ready\"\r\n");
        var mailbox = "";
        while (await ReadLineAsync(stream) is { } line)
        {
            Said.Add(line);
            var words = line.Split(' ');
            if (words[0] == "AUTHENTICATE") mailbox = Encoding.UTF8.GetString(Convert.FromBase64String(words[2].Trim('"'))).Split('\0')[0];
            var script = line.EndsWith("+}", StringComparison.Ordinal) ? await ReadLiteralAsync(stream, int.Parse(words[^1].Trim('{', '}', '+'))) : null;
            if (Answers.TryGetValue(words[0], out var answer))
            {
                await SayAsync(stream, answer);
                continue;
            }
            await SayAsync(stream, words[0] switch
            {
                "GETSCRIPT" when Scripts.TryGetValue(mailbox, out var there) => $"{{{Encoding.UTF8.GetByteCount(there)}}}\r\n{there}\r\nOK\r\n",
                "GETSCRIPT" or "DELETESCRIPT" when !Scripts.Remove(mailbox) => "NO (NONEXISTENT) \"There is no script by that name.\"\r\n",
                _ => "OK \"done\"\r\n",
            });
            if (words[0] == "PUTSCRIPT") Scripts[mailbox] = script!;
        }
    }

    private static async Task<string> ReadLiteralAsync(Stream stream, int octets)
    {
        var literal = new byte[octets];
        await stream.ReadExactlyAsync(literal);
        await ReadLineAsync(stream);
        return Encoding.UTF8.GetString(literal);
    }

    private static async Task SayAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <returns>Null at the end.</returns>
    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new List<byte>();
        var octet = new byte[1];
        while (await stream.ReadAsync(octet) == 1)
        {
            if (octet[0] == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(octet[0]);
        }
        return null;
    }
}
