using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace AdminPanel.Web.Features.Outbox;

/// <summary>One SMTP dialogue. Octets are kept as they are: Latin-1 maps each to one character and back.</summary>
internal sealed class OutboxSession(Stream stream, OutboxDirectory directory)
{
    private const int LongestMessage = 1_073_741_824;

    private readonly PipeReader reader = PipeReader.Create(stream);
    private readonly List<string> recipients = [];
    private string? from;

    public async Task RunAsync(CancellationToken ct)
    {
        // Not the mail server's own name: Postfix takes a greeting with that for a loop.
        await ReplyAsync("220 outbox ESMTP", ct);
        while (await ReadLineAsync(ct) is { } line)
        {
            var command = Encoding.Latin1.GetString(line.Span).TrimEnd('\r');
            var reply = await AnswerAsync(command, ct);
            await ReplyAsync(reply, ct);
            if (reply.StartsWith("221", StringComparison.Ordinal)) return;
        }
    }

    private async Task<string> AnswerAsync(string command, CancellationToken ct)
    {
        var verb = command.Split([' ', ':'], 2)[0].ToUpperInvariant();
        switch (verb)
        {
            case "EHLO":
                return "250-outbox\r\n250-8BITMIME\r\n250 SIZE";
            case "HELO" or "NOOP":
                return "250 OK";
            case "MAIL":
                recipients.Clear();
                from = Path(command);
                return "250 OK";
            case "RCPT" when from is not null:
                recipients.Add(Path(command));
                return "250 OK";
            case "DATA" when recipients.Count > 0:
                await ReplyAsync("354 Go on", ct);
                return await TakeAsync(ct);
            case "RSET":
                Reset();
                return "250 OK";
            case "QUIT":
                return "221 Bye";
            case "RCPT" or "DATA":
                return "503 MAIL and RCPT come first";
            default:
                return "502 Not here";
        }
    }

    private async Task<string> TakeAsync(CancellationToken ct)
    {
        var message = new ArrayBufferWriter<byte>();
        while (await ReadLineAsync(ct) is { } line)
        {
            if (line.Span.SequenceEqual(".\r"u8) || line.Span.SequenceEqual("."u8))
            {
                await directory.WriteAsync(from!, recipients, message.WrittenMemory, ct);
                Reset();
                return "250 Written";
            }
            // RFC 5321 section 4.5.2: a dot in front of a line that begins with one is not the message's.
            message.Write(line.Span.StartsWith("."u8) ? line.Span[1..] : line.Span);
            message.Write("\n"u8);
            if (message.WrittenCount > LongestMessage) return "552 Too large";
        }
        throw new EndOfStreamException("The connection ended inside a message.");
    }

    private void Reset()
    {
        from = null;
        recipients.Clear();
    }

    private async Task<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken ct)
    {
        while (true)
        {
            var result = await reader.ReadAsync(ct);
            var buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end).ToArray();
                reader.AdvanceTo(buffer.GetPosition(1, end));
                return line;
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted) return null;
        }
    }

    private async Task ReplyAsync(string reply, CancellationToken ct) => await stream.WriteAsync(Encoding.Latin1.GetBytes(reply + "\r\n"), ct);

    /// <summary>The path of MAIL FROM:&lt;path&gt; and RCPT TO:&lt;path&gt;, parameters left out; "" for the empty sender.</summary>
    private static string Path(string command)
    {
        var (start, end) = (command.IndexOf('<', StringComparison.Ordinal), command.LastIndexOf('>'));
        return start >= 0 && end > start ? command[(start + 1)..end] : "";
    }
}
