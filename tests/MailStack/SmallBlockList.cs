using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace AdminPanel.Tests.MailStack;

/// <summary>A name server on a loopback address of its own that gives every name the same address, or says that there is none: a DNS block list (RFC 5782) as somebody who connects finds it.</summary>
internal sealed class SmallBlockList : IAsyncDisposable
{
    private const int Question = 12;
    private const byte A = 1;
    private const byte Txt = 16;

    private readonly UdpClient socket;
    private readonly CancellationTokenSource end = new();
    private readonly Task serving;

    public SmallBlockList()
    {
        // resolv.conf(5) has no port: another address of the loopback network stays out of every other server's way.
        Address = new IPAddress([127, 53, (byte)RandomNumberGenerator.GetInt32(1, 255), (byte)RandomNumberGenerator.GetInt32(1, 255)]);
        socket = new UdpClient(new IPEndPoint(Address, 53));
        serving = ServeAsync();
    }

    public IPAddress Address { get; }

    /// <summary>What every name is answered; null: there is no such name.</summary>
    public IPAddress? Says { get; set; }

    /// <summary>The names that were asked for an address.</summary>
    public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await serving;
        socket.Dispose();
        end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var asked = await socket.ReceiveAsync(end.Token);
                await socket.SendAsync(Answer(asked.Buffer), asked.RemoteEndPoint, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    // RFC 1035 section 4: the question once more, and behind it one record whose name points to that of the question.
    private byte[] Answer(byte[] query)
    {
        var labels = new List<string>();
        var at = Question;
        for (; query[at] != 0; at += query[at] + 1) labels.Add(Encoding.ASCII.GetString(query, at + 1, query[at]));
        var type = query[at + 2];
        if (type == A) Asked.Add(string.Join('.', labels));
        byte[] data = (type, Says) switch
        {
            (A, { } address) => address.GetAddressBytes(),
            (Txt, not null) => [6, .. "listed"u8],
            _ => [],
        };
        byte[] flags = Says is null ? [0x81, 0x83] : [0x81, 0x80];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)data.Length);
        byte[] record = data.Length == 0 ? [] : [0xC0, Question, 0, type, 0, 1, 0, 0, 0, 0, .. length, .. data];
        return [query[0], query[1], .. flags, 0, 1, 0, (byte)(record.Length > 0 ? 1 : 0), 0, 0, 0, 0, .. query[Question..(at + 5)], .. record];
    }
}
