using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>What a mail server was handed: the envelope, and the message as it came, its doubled dots halved.</summary>
internal sealed record Taken(string From, string To, string Message);

/// <summary>An SMTP server (RFC 5321) of the test on a loopback port, which takes everything unless it is told not to.</summary>
internal sealed class PostOffice : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;
    private readonly List<Taken> taken = [];

    /// <param name="port">0 for any that is free.</param>
    public PostOffice(int port = 0)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The answer to RCPT in place of 250.</summary>
    public string? Refusal { get; set; }

    /// <summary>Takes the message, and hangs up before it says so: what a client sees of a server that dies then.</summary>
    public bool HangsUpAfterData { get; set; }

    public IReadOnlyList<Taken> Messages
    {
        get
        {
            lock (taken) return [.. taken];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await serving;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var dialogues = new List<Task>();
        try
        {
            while (true) dialogues.Add(TalkAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(dialogues);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
                await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
                await AnswerAsync(reader, writer);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // One of both is gone.
            }
        }
    }

    private async Task AnswerAsync(StreamReader reader, StreamWriter writer)
    {
        var (from, to) = ("", "");
        await writer.WriteLineAsync("220 post office");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            var reply = line.Split(' ', ':')[0].ToUpperInvariant() switch
            {
                "RCPT" when Refusal is { } refusal => refusal,
                "DATA" => "354 Go on",
                "QUIT" => "221 Bye",
                _ => "250 OK",
            };
            if (line.StartsWith("MAIL FROM:", StringComparison.OrdinalIgnoreCase)) from = Path(line);
            if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase)) to = Path(line);
            await writer.WriteLineAsync(reply);
            if (reply.StartsWith("221", StringComparison.Ordinal)) return;
            if (!reply.StartsWith("354", StringComparison.Ordinal)) continue;

            var message = await MessageAsync(reader);
            lock (taken) taken.Add(new Taken(from, to, message));
            if (HangsUpAfterData) return;
            await writer.WriteLineAsync("250 Taken");
        }
    }

    private async Task<string> MessageAsync(StreamReader reader)
    {
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".") message.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return message.ToString();
    }

    private static string Path(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
}
