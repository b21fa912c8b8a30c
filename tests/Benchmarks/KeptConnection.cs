using System.Net.Sockets;
using System.Text;

namespace AdminPanel.Benchmarks;

/// <summary>
/// One kept HTTP/1.1 connection of somebody signed in, which costs next to nothing: client and panel share the processors,
/// and the pages a second that are counted are to be the panel's.
/// </summary>
internal sealed class KeptConnection : IDisposable
{
    private static readonly byte[] LastChunk = "\r\n0\r\n\r\n"u8.ToArray();

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] request;
    private readonly byte[] answer = new byte[1 << 20];

    private KeptConnection(byte[] request) => this.request = request;

    /// <param name="cookies">The header of a browser that is signed in.</param>
    public static async Task<KeptConnection> OpenAsync(Uri panel, string path, string cookies)
    {
        var connection = new KeptConnection(Encoding.ASCII.GetBytes($"GET /{path} HTTP/1.1\r\nHost: {panel.Authority}\r\nCookie: {cookies}\r\n\r\n"));
        await connection.socket.ConnectAsync(panel.Host, panel.Port);
        return connection;
    }

    /// <summary>The page once more, read to its end.</summary>
    /// <exception cref="InvalidOperationException">It was no page.</exception>
    public async Task GetAsync()
    {
        await socket.SendAsync(request);
        var length = 0;
        do
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length));
            if (read == 0) throw new InvalidOperationException("The panel closed the connection.");
            length += read;
        }
        while (!answer.AsSpan(0, length).EndsWith(LastChunk));
        if (!answer.AsSpan().StartsWith("HTTP/1.1 200 "u8)) throw new InvalidOperationException(Encoding.ASCII.GetString(answer, 0, Math.Min(length, 200)));
    }

    public void Dispose() => socket.Dispose();
}
