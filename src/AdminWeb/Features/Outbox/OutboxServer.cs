using System.Net;
using System.Net.Sockets;

namespace AdminPanel.Web.Features.Outbox;

/// <summary>
/// The end of the line for mail that a trial instance sends to other hosts: an SMTP server (RFC 5321) that takes
/// everything and writes it to a directory, so that nothing leaves the machine. It trusts whoever connects: loopback only.
/// </summary>
public sealed class OutboxServer : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly OutboxDirectory directory;

    /// <exception cref="ArgumentException">The address is not a loopback address.</exception>
    /// <exception cref="SocketException">The port is taken.</exception>
    public OutboxServer(IPEndPoint address, OutboxDirectory directory)
    {
        if (!IPAddress.IsLoopback(address.Address)) throw new ArgumentException("The outbox listens on the loopback network only, as in 127.0.0.1:2526.", nameof(address));

        this.directory = directory;
        listener = new TcpListener(address);
        listener.Start();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Serves until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(ct);
                _ = ServeAsync(client, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ServeAsync(TcpClient client, CancellationToken ct)
    {
        try
        {
            using (client)
            {
                await using var stream = client.GetStream();
                await new OutboxSession(stream, directory).RunAsync(ct);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client is gone, or we are: its mail server tries again.
        }
    }
}
