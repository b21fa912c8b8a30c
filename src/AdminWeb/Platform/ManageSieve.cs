using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace AdminPanel.Web.Platform;

/// <summary>What a ManageSieve server answers to a command.</summary>
/// <param name="Code">In capitals, without what belongs to it: "QUOTA/MAXSIZE"; null where there is none (RFC 5804 section 1.3).</param>
/// <param name="Text">For people; may be empty.</param>
public sealed record SieveAnswer(bool IsOk, string? Code, string Text);

/// <summary>A client of ManageSieve (RFC 5804), after STARTTLS: as much as keeps one script. It gives up on a server that says too much.</summary>
public sealed partial class ManageSieve : IAsyncDisposable
{
    /// <summary>Octets of a literal that is read: a script, or why one does not compile. Dovecot takes scripts up to this size.</summary>
    private const int LongestLiteral = 1024 * 1024;

    /// <summary>Lines of one answer; nobody has so many scripts.</summary>
    private const int MostLines = 1000;

    private readonly LineDialogue dialogue;

    private ManageSieve(LineDialogue dialogue) => this.dialogue = dialogue;

    /// <summary>Connects, and turns to TLS.</summary>
    /// <param name="host">The name that the server's certificate is for.</param>
    /// <param name="own">A certificate that is good whatever it says; null where there is none.</param>
    /// <exception cref="System.Net.Sockets.SocketException">Nobody answers there.</exception>
    /// <exception cref="IOException">It shows another certificate, speaks no TLS, or something else than ManageSieve.</exception>
    public static async Task<ManageSieve> OpenAsync(IPEndPoint server, string host, X509Certificate2? own, CancellationToken ct)
    {
        var sieve = new ManageSieve(await LineDialogue.OpenAsync(server, ct));
        try
        {
            if (await sieve.AnswerAsync(ct) is { IsOk: false } greeting) throw new IOException($"It takes nobody: {greeting.Text}");
            if (await sieve.AskAsync("STARTTLS", ct) is { IsOk: false } refused) throw new IOException($"It refuses STARTTLS: {refused.Text}");

            await sieve.dialogue.StartTlsAsync(host, own, ct);
            // Its capabilities once more, now that nobody between could have changed them.
            await sieve.AnswerAsync(ct);
            return sieve;
        }
        catch
        {
            await sieve.DisposeAsync();
            throw;
        }
    }

    /// <summary>SASL PLAIN (RFC 4616).</summary>
    /// <param name="mailbox">Whose scripts.</param>
    /// <param name="user">Who signs in.</param>
    public Task<SieveAnswer> SignInAsync(string mailbox, string user, string password, CancellationToken ct) =>
        AskAsync($"AUTHENTICATE \"PLAIN\" \"{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{mailbox}\0{user}\0{password}"))}\"", ct);

    /// <summary>Whether the server could run a script; it keeps nothing.</summary>
    public Task<SieveAnswer> CheckAsync(string script, CancellationToken ct) => AskAsync($"CHECKSCRIPT {Literal(script)}", ct);

    /// <summary>Whether a script would fit.</summary>
    public Task<SieveAnswer> HaveSpaceAsync(string name, string script, CancellationToken ct) =>
        AskAsync(string.Create(CultureInfo.InvariantCulture, $"HAVESPACE {Quoted(name)} {Encoding.UTF8.GetByteCount(script)}"), ct);

    public Task<SieveAnswer> PutAsync(string name, string script, CancellationToken ct) => AskAsync($"PUTSCRIPT {Quoted(name)} {Literal(script)}", ct);

    /// <summary>A script that is active is not deleted: ACTIVE. One that is not there: NONEXISTENT.</summary>
    public Task<SieveAnswer> DeleteAsync(string name, CancellationToken ct) => AskAsync($"DELETESCRIPT {Quoted(name)}", ct);

    /// <returns>Null where there is no such script, or the server does not say what it has.</returns>
    public async Task<string?> GetAsync(string name, CancellationToken ct)
    {
        await dialogue.SayAsync($"GETSCRIPT {Quoted(name)}", ct);
        var (answer, literals) = await ReadAsync(ct);
        return answer.IsOk && literals is [var script, ..] ? script : null;
    }

    public ValueTask DisposeAsync() => dialogue.DisposeAsync();

    private async Task<SieveAnswer> AskAsync(string command, CancellationToken ct)
    {
        await dialogue.SayAsync(command, ct);
        return await AnswerAsync(ct);
    }

    private async Task<SieveAnswer> AnswerAsync(CancellationToken ct) => (await ReadAsync(ct)).Answer;

    private async Task<(SieveAnswer Answer, IReadOnlyList<string> Literals)> ReadAsync(CancellationToken ct)
    {
        List<string> literals = [];
        for (var lines = 0; lines < MostLines; lines++)
        {
            var line = await dialogue.ReadLineAsync(ct);
            var answer = AnswerLine().Match(line);
            if (LiteralAtEnd().Match(line) is { Success: true } literal)
            {
                literals.Add(await ReadLiteralAsync(literal.Groups[1].Value, ct));
                // The rest of the line that it stood in.
                await dialogue.ReadLineAsync(ct);
            }
            if (answer.Success) return (Answer(answer, literals), literals);
        }
        throw new IOException("Its answer has no end.");
    }

    private async Task<string> ReadLiteralAsync(string octets, CancellationToken ct)
    {
        if (!int.TryParse(octets, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > LongestLiteral) throw new IOException($"It says {octets} octets at once.");

        return Encoding.UTF8.GetString(await dialogue.ReadAsync(length, ct));
    }

    private static SieveAnswer Answer(Match answer, IReadOnlyList<string> literals)
    {
        var quoted = answer.Groups["text"];
        var text = quoted.Success ? Escaped().Replace(quoted.Value, "$1") : literals is [.., var last] ? last : "";
        var code = answer.Groups["code"];
        return new SieveAnswer(answer.Groups["kind"].Value.Equals("OK", StringComparison.OrdinalIgnoreCase), code.Success ? code.Value.ToUpperInvariant() : null, text.Trim());
    }

    // RFC 5804 section 4: a literal that the server need not ask for.
    private static string Literal(string text) => string.Create(CultureInfo.InvariantCulture, $"{{{Encoding.UTF8.GetByteCount(text)}+}}\r\n{text}");

    private static string Quoted(string name) => $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex("""^(?<kind>OK|NO|BYE)(\s+\((?<code>[A-Z/-]+)[^)]*\))?(\s+"(?<text>(?:[^"\\]|\\.)*)"|\s+\{[0-9]+\+?\})?\s*$""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AnswerLine();

    [GeneratedRegex(@"\{([0-9]+)\+?\}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex LiteralAtEnd();

    [GeneratedRegex(@"\\(.)", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
