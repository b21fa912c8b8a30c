using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AdminPanel.Tests.Integration.Driver;

/// <summary>
/// Stands between driver and server and cuts every connection at the first statement that holds a given word: before
/// the server sees it, or after it has answered and before the driver hears of it.
/// </summary>
public sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int serverPort;
    private readonly bool serverSeesIt;
    private readonly Task accepting;

    public CuttingProxy(int serverPort, string word, bool serverSeesIt)
    {
        (this.serverPort, this.serverSeesIt, Word) = (serverPort, serverSeesIt, word);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Word { get; set; }

    /// <summary>How many connections were cut.</summary>
    public int Cuts { get; private set; }

    public void Dispose()
    {
        listener.Dispose();
        accepting.Wait();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, serverPort);
            var answers = server.GetStream().CopyToAsync(client.GetStream());
            await ForwardAsync(client.GetStream(), server, answers);
            client.Close();
            server.Close();
            await Task.WhenAny(answers);
        }
    }

    private async Task ForwardAsync(NetworkStream from, TcpClient server, Task answers)
    {
        var buffer = new byte[65536];
        while (await from.ReadAsync(buffer) is var count and > 0)
        {
            var isTheOne = buffer.AsSpan(0, count).IndexOf(Encoding.ASCII.GetBytes(Word)) >= 0;
            if (isTheOne) Cuts++;
            if (isTheOne && !serverSeesIt) return;
            if (isTheOne) await SwallowAsync(from, server, answers, buffer.AsMemory(0, count));
            else await server.GetStream().WriteAsync(buffer.AsMemory(0, count));
            if (isTheOne) return;
        }
    }

    /// <summary>The driver's side is closed first, so that the answer has nowhere to go; passing it on fails when it comes, and then the server has done what it was told.</summary>
    private static async Task SwallowAsync(NetworkStream from, TcpClient server, Task answers, ReadOnlyMemory<byte> statement)
    {
        from.Close();
        await server.GetStream().WriteAsync(statement);
        await Task.WhenAny(answers, Task.Delay(TimeSpan.FromSeconds(30)));
    }
}
