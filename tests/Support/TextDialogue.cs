using System.Text;

namespace AdminPanel.Tests.Support;

/// <summary>A client of POP3 (RFC 1939, TLS from the first octet) or of ManageSieve (RFC 5804, after STARTTLS): as much as signs in, and puts a script in its place.</summary>
public sealed class TextDialogue : IAsyncDisposable
{
    private readonly LineConnection connection;

    private TextDialogue(LineConnection connection) => this.connection = connection;

    public static async Task<bool> SignsInOverPop3Async(string endpoint, string caFile, string user, string password)
    {
        await using var pop3 = await OpenPop3Async(endpoint, caFile, user, password);
        return pop3 is not null;
    }

    /// <returns>Null where the sign-in is refused.</returns>
    public static async Task<TextDialogue?> OpenPop3Async(string endpoint, string caFile, string user, string password)
    {
        var pop3 = new TextDialogue(await LineConnection.OpenAsync(endpoint));
        await pop3.connection.StartTlsAsync(caFile);
        await pop3.connection.ReadLineAsync();
        await pop3.SayAsync($"USER {user}");
        if ((await pop3.SayAsync($"PASS {password}")).StartsWith("+OK", StringComparison.Ordinal)) return pop3;

        await pop3.DisposeAsync();
        return null;
    }

    /// <returns>Null where the sign-in is refused.</returns>
    public static async Task<TextDialogue?> OpenManageSieveAsync(string endpoint, string caFile, string user, string password)
    {
        var sieve = new TextDialogue(await LineConnection.OpenAsync(endpoint));
        if (await sieve.SignInOverManageSieveAsync(caFile, user, password)) return sieve;

        await sieve.DisposeAsync();
        return null;
    }

    /// <inheritdoc cref="ImapDialogue.LastWordsAsync"/>
    public Task<IReadOnlyList<string>> LastWordsAsync() => connection.LastWordsAsync();

    /// <summary>One command whose answer is one line.</summary>
    public Task<string> AskAsync(string command) => SayAsync(command);

    public static async Task<bool> SignsInOverManageSieveAsync(string endpoint, string caFile, string user, string password)
    {
        await using var sieve = new TextDialogue(await LineConnection.OpenAsync(endpoint));
        return await sieve.SignInOverManageSieveAsync(caFile, user, password);
    }

    /// <summary>Signs in as somebody who acts for a mailbox (RFC 4616, an authorization identity), from an address of one's own choice.</summary>
    /// <param name="from">The client's address.</param>
    /// <returns>Null where the sign-in is refused, or the connection ends over it.</returns>
    public static async Task<TextDialogue?> OpenManageSieveForAsync(string endpoint, string caFile, string mailbox, string user, string password, string from = "127.0.0.1")
    {
        var sieve = new TextDialogue(await LineConnection.OpenAsync(endpoint, from));
        try
        {
            if (await sieve.SignInOverManageSieveAsync(caFile, user, password, mailbox)) return sieve;
        }
        catch (EndOfStreamException)
        {
            // Dovecot ends the connection where it finds no mailbox to open.
        }
        await sieve.DisposeAsync();
        return null;
    }

    /// <summary>The names of the scripts that are there, the active one followed by " ACTIVE" (RFC 5804 section 2.7).</summary>
    public async Task<IReadOnlyList<string>> ScriptsAsync()
    {
        await connection.WriteAsync("LISTSCRIPTS\r\n");
        var scripts = new List<string>();
        while (await connection.ReadLineAsync() is var line && !IsDone(line)) scripts.Add(line.Replace("\"", "", StringComparison.Ordinal));
        return scripts;
    }

    /// <summary>Uploads a script, makes it the one that runs at delivery, and is told so (RFC 5804 sections 2.6 and 2.8).</summary>
    public static async Task<bool> UploadsScriptAsync(string endpoint, string caFile, string user, string password, string script)
    {
        await using var sieve = new TextDialogue(await LineConnection.OpenAsync(endpoint));
        if (!await sieve.SignInOverManageSieveAsync(caFile, user, password)) return false;
        await sieve.connection.WriteAsync($"PUTSCRIPT \"rules\" {{{script.Length}+}}\r\n{script}\r\n");
        if (!IsDone(await sieve.AnswerAsync())) return false;
        await sieve.connection.WriteAsync("SETACTIVE \"rules\"\r\n");
        return IsDone(await sieve.AnswerAsync());
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<bool> SignInOverManageSieveAsync(string caFile, string user, string password, string mailbox = "")
    {
        await AnswerAsync();
        await connection.WriteAsync("STARTTLS\r\n");
        await AnswerAsync();
        await connection.StartTlsAsync(caFile);
        await AnswerAsync();
        var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{mailbox}\0{user}\0{password}"));
        await connection.WriteAsync($"AUTHENTICATE \"PLAIN\" \"{secret}\"\r\n");
        return IsDone(await AnswerAsync());
    }

    private static bool IsDone(string answer) => answer.StartsWith("OK", StringComparison.Ordinal);

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
            if (IsDone(line) || line.StartsWith("NO", StringComparison.Ordinal) || line.StartsWith("BYE", StringComparison.Ordinal)) return line;
        }
    }
}
