using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AdminPanel.Tests.MailStack;

/// <summary>A mail filter that refuses senders whose address contains "refused" and has nothing to say to anything else: as much of the milter protocol, version 6, as Postfix needs for that.</summary>
internal sealed class SmallMilter : IAsyncDisposable
{
    // Events it does not want to hear of: all but MAIL (mfdef.h, SMFIP_NOCONNECT to SMFIP_NODATA).
    private const uint Unwanted = 0x37B;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Task serving;

    public SmallMilter()
    {
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>As it stands in a setting.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"inet:127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        await serving;
        end.Dispose();
    }

    private async Task ServeAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true) clients.Add(TalkAsync(await listener.AcceptTcpClientAsync(end.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        try
        {
            while (true)
            {
                var head = new byte[4];
                await stream.ReadExactlyAsync(head, end.Token);
                var packet = new byte[BinaryPrimitives.ReadUInt32BigEndian(head)];
                await stream.ReadExactlyAsync(packet, end.Token);
                if (Answer(packet) is { } answer) await stream.WriteAsync((byte[])[.. Number((uint)answer.Length), .. answer], end.Token);
            }
        }
        catch (Exception e) when (e is EndOfStreamException or IOException or OperationCanceledException)
        {
            // Postfix has hung up, or the test is over.
        }
    }

    // Macros (D), the end of a message (A) and of the connection (Q, K) get no answer.
    private static byte[]? Answer(byte[] packet) => (char)packet[0] switch
    {
        'O' => [(byte)'O', .. Number(6), .. Number(0), .. Number(Unwanted & BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(9)))],
        'M' => [(byte)(Encoding.ASCII.GetString(packet).Contains("refused", StringComparison.Ordinal) ? 'r' : 'c')],
        'D' or 'A' or 'Q' or 'K' => null,
        _ => [(byte)'c'],
    };

    private static byte[] Number(uint number)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, number);
        return octets;
    }
}
