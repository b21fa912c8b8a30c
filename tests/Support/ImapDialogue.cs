using System.Text;

namespace AdminPanel.Tests.Support;

/// <summary>An IMAP client (RFC 9051) over TLS: as much of it as reads a mailbox.</summary>
public sealed class ImapDialogue : IAsyncDisposable
{
    private readonly LineConnection connection;
    private int tag;

    private ImapDialogue(LineConnection connection) => this.connection = connection;

    public static async Task<ImapDialogue> OpenAsync(string endpoint, string caFile, string from = "127.0.0.1")
    {
        var connection = await LineConnection.OpenAsync(endpoint, from);
        await connection.StartTlsAsync(caFile);
        await connection.ReadLineAsync();
        return new ImapDialogue(connection);
    }

    /// <summary>One command.</summary>
    /// <returns>Every line of the answer, literals included; the last one begins with OK, NO or BAD.</returns>
    public async Task<IReadOnlyList<string>> SayAsync(string command)
    {
        var mark = $"a{++tag} ";
        await connection.WriteAsync(mark + command + "\r\n");
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLineWithLiteralsAsync();
            if (line.StartsWith(mark, StringComparison.Ordinal))
            {
                lines.Add(line[mark.Length..]);
                return lines;
            }
            lines.Add(line);
        }
    }

    /// <returns>False when the server says NO.</returns>
    public async Task<bool> SignInAsync(string user, string password) =>
        (await SayAsync($"LOGIN {Quoted(user)} {Quoted(password)}"))[^1].StartsWith("OK", StringComparison.Ordinal);

    /// <summary>Opens a folder.</summary>
    /// <returns>How many messages it holds.</returns>
    public async Task<int> SelectAsync(string folder = "INBOX")
    {
        var lines = await SayAsync($"SELECT {Quoted(folder)}");
        var exists = lines.FirstOrDefault(line => line.EndsWith(" EXISTS", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"SELECT {folder}: {lines[^1]}");
        return int.Parse(exists.Split(' ')[1]);
    }

    /// <summary>A whole message of the folder that is open, by its number from 1.</summary>
    public async Task<string> ReadAsync(int number) => (await SayAsync($"FETCH {number} BODY[]"))[0];

    /// <summary>Waits for news of the folder that is open (RFC 2177); nothing else is said before they are waited for to the end.</summary>
    public async Task IdleAsync()
    {
        await connection.WriteAsync("idle IDLE\r\n");
        await connection.ReadLineAsync();
    }

    /// <summary>Waits until the server closes the connection.</summary>
    /// <returns>What it said until then.</returns>
    public Task<IReadOnlyList<string>> LastWordsAsync() => connection.LastWordsAsync();

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private async Task<string> ReadLineWithLiteralsAsync()
    {
        var text = new StringBuilder();
        while (true)
        {
            var line = await connection.ReadLineAsync();
            text.Append(line);
            var brace = line.LastIndexOf('{');
            if (brace < 0 || !line.EndsWith('}')) return text.ToString();

            text.Append('\n').Append(await connection.ReadExactlyAsync(int.Parse(line[(brace + 1)..^1])));
        }
    }
}
