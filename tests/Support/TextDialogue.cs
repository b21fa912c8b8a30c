using System.Text;

namespace AdminPanel.Tests.Support;

/// <summary>A client of POP3 (RFC 1939, TLS from the first octet) or of ManageSieve (RFC 5804, after STARTTLS): as much as signs in.</summary>
public sealed class TextDialogue : IAsyncDisposable
{
    private readonly LineConnection connection;

    private TextDialogue(LineConnection connection) => this.connection = connection;

    public static async Task<bool> SignsInOverPop3Async(string endpoint, string caFile, string user, string password)
    {
        await using var pop3 = new TextDialogue(await LineConnection.OpenAsync(endpoint));
        await pop3.connection.StartTlsAsync(caFile);
        await pop3.connection.ReadLineAsync();
        await pop3.SayAsync($"USER {user}");
        return (await pop3.SayAsync($"PASS {password}")).StartsWith("+OK", StringComparison.Ordinal);
    }

    public static async Task<bool> SignsInOverManageSieveAsync(string endpoint, string caFile, string user, string password)
    {
        await using var sieve = new TextDialogue(await LineConnection.OpenAsync(endpoint));
        await sieve.AnswerAsync();
        await sieve.connection.WriteAsync("STARTTLS\r\n");
        await sieve.AnswerAsync();
        await sieve.connection.StartTlsAsync(caFile);
        await sieve.AnswerAsync();
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"));
        await sieve.connection.WriteAsync($"AUTHENTICATE \"PLAIN\" \"{secret}\"\r\n");
        return (await sieve.AnswerAsync()).StartsWith("OK", StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<string> SayAsync(string line)
    {
        await connection.WriteAsync(line + "\r\n");
        return await connection.ReadLineAsync();
    }

    /// <summary>The line that ends an answer of ManageSieve.</summary>
    private async Task<string> AnswerAsync()
    {
        while (true)
        {
            var line = await connection.ReadLineAsync();
            if (line.StartsWith("OK", StringComparison.Ordinal) || line.StartsWith("NO", StringComparison.Ordinal) || line.StartsWith("BYE", StringComparison.Ordinal)) return line;
        }
    }
}
