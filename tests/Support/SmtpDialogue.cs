using System.Text;

namespace AdminPanel.Tests.Support;

/// <summary>An SMTP client that says exactly what a test tells it, and keeps what the server offered.</summary>
public sealed class SmtpDialogue : IAsyncDisposable
{
    private readonly LineConnection connection;

    private SmtpDialogue(LineConnection connection) => this.connection = connection;

    /// <summary>The last answer to EHLO.</summary>
    public string Offers { get; private set; } = "";

    /// <param name="endpoint">"127.0.0.1:2525".</param>
    /// <param name="tlsWith">For a service that speaks TLS from the first octet: the file with its authority.</param>
    public static async Task<SmtpDialogue> OpenAsync(string endpoint, string? tlsWith = null, string from = "127.0.0.1")
    {
        var connection = await LineConnection.OpenAsync(endpoint, from);
        if (tlsWith is not null) await connection.StartTlsAsync(tlsWith);
        var dialogue = new SmtpDialogue(connection);
        await dialogue.ReadReplyAsync();
        await dialogue.GreetAsync();
        return dialogue;
    }

    /// <summary>One line, any octets (Latin-1), and its answer.</summary>
    public async Task<SmtpReply> SayAsync(string line)
    {
        await connection.WriteAsync(line + "\r\n");
        return await ReadReplyAsync();
    }

    public async Task StartTlsAsync(string caFile)
    {
        var reply = await SayAsync("STARTTLS");
        if (!reply.IsPositive) throw new InvalidOperationException($"STARTTLS: {reply}");

        await connection.StartTlsAsync(caFile);
        await GreetAsync();
    }

    public Task<SmtpReply> SignInAsync(string user, string password) =>
        SayAsync("AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}")));

    public Task<SmtpReply> FromAsync(string address) => SayAsync($"MAIL FROM:<{address}>");

    public Task<SmtpReply> ToAsync(string address) => SayAsync($"RCPT TO:<{address}>");

    /// <param name="message">Headers, an empty line, a body; lines end in "\n".</param>
    public async Task<SmtpReply> DataAsync(string message)
    {
        var reply = await SayAsync("DATA");
        if (reply.Code != 354) return reply;

        var stuffed = string.Join("\r\n", message.TrimEnd('\n').Split('\n').Select(line => line.StartsWith('.') ? "." + line : line));
        return await SayAsync(stuffed + "\r\n.");
    }

    /// <summary>One message to one recipient.</summary>
    /// <returns>The first answer that is a refusal, or the one to the message.</returns>
    public async Task<SmtpReply> SendAsync(string from, string to, string message)
    {
        var reply = await FromAsync(from);
        if (reply.IsPositive) reply = await ToAsync(to);
        if (reply.IsPositive) return await DataAsync(message);

        await SayAsync("RSET");
        return reply;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task GreetAsync() => Offers = (await SayAsync("EHLO client.test")).Text;

    private async Task<SmtpReply> ReadReplyAsync()
    {
        var text = new StringBuilder();
        while (true)
        {
            var line = await connection.ReadLineAsync();
            text.Append(line.Length > 4 ? line[4..] : "").Append('\n');
            if (line.Length < 4 || line[3] != '-') return new SmtpReply(int.Parse(line[..3]), text.ToString().TrimEnd());
        }
    }
}
