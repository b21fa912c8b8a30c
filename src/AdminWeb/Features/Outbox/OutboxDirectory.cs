using System.Globalization;
using System.Text;

namespace AdminPanel.Web.Features.Outbox;

/// <summary>One file a recipient, with the envelope in two headers in front of the message.</summary>
public sealed class OutboxDirectory(string path, TimeProvider clock)
{
    private static int written;

    /// <returns>When every file is there, whole and under its final name.</returns>
    public async Task WriteAsync(string from, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        Directory.CreateDirectory(path);
        foreach (var recipient in recipients)
        {
            // Sorted by name is sorted by time.
            var name = string.Create(CultureInfo.InvariantCulture,
                $"{clock.GetUtcNow():yyyyMMdd'T'HHmmss.ffffff}-{Environment.ProcessId}-{Interlocked.Increment(ref written):D6}.eml");
            var final = Path.Combine(path, name);
            await using (var file = new FileStream(final + ".new", FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(Encoding.Latin1.GetBytes($"X-Envelope-From: {from}\r\nX-Envelope-To: {recipient}\r\n"), ct);
                await file.WriteAsync(message, ct);
            }
            File.Move(final + ".new", final);
        }
    }
}
