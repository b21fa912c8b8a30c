using System.Net;
using System.Net.Mail;
using AdminPanel.Web.Features.Outbox;
using Xunit;

namespace AdminPanel.Tests.Unit.Outbox;

/// <summary>The outbox against the SMTP client of .NET, which is not ours.</summary>
public sealed class OutboxServerTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("outbox-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Each_recipient_has_a_file_with_the_envelope_in_front()
    {
        await using var server = new OutboxServer(new IPEndPoint(IPAddress.Loopback, 0), new OutboxDirectory(directory, TimeProvider.System));
        using var stop = new CancellationTokenSource();
        var serving = server.RunAsync(stop.Token);
        using (var client = new SmtpClient("127.0.0.1", server.Port))
        using (var message = new MailMessage("anna@example.org", "ben@example.net", "Two", ".begins with a dot\r\n..and two"))
        {
            // Otherwise the client writes a dot as =2E.
            message.BodyTransferEncoding = System.Net.Mime.TransferEncoding.SevenBit;
            message.To.Add("carla@example.net");
            await client.SendMailAsync(message);
        }
        await stop.CancelAsync();
        await serving;

        var files = Directory.GetFiles(directory).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        Assert.Equal(2, files.Count);
        Assert.StartsWith("X-Envelope-From: anna@example.org\r\nX-Envelope-To: ben@example.net\r\n", files[0], StringComparison.Ordinal);
        Assert.StartsWith("X-Envelope-From: anna@example.org\r\nX-Envelope-To: carla@example.net\r\n", files[1], StringComparison.Ordinal);
        Assert.All(files, file => Assert.Contains("\r\n\r\n.begins with a dot\r\n..and two", file, StringComparison.Ordinal));
    }

    [Fact]
    public void It_listens_on_the_loopback_network_only()
    {
        Assert.Throws<ArgumentException>(() => new OutboxServer(new IPEndPoint(IPAddress.Any, 0), new OutboxDirectory(directory, TimeProvider.System)));
    }
}
