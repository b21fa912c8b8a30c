using System.CommandLine;
using System.Text;

namespace AdminPanel.Web.Features.Cli;

/// <summary>How a verb gets a password: a line of stdin, or made by the panel and printed once. Never an argument, which every account on the machine can read.</summary>
internal sealed class PasswordOptions
{
    private readonly Option<bool> fromStdin = new("--password-stdin") { Description = "Read the password from the first line of stdin." };

    private readonly Option<bool> generate = new("--generate") { Description = "Make a password and print it, once." };

    public PasswordOptions(Command command)
    {
        command.Options.Add(fromStdin);
        command.Options.Add(generate);
        command.Validators.Add(result =>
        {
            if (result.GetValue(fromStdin) == result.GetValue(generate)) result.AddError("Give one of --password-stdin and --generate.");
        });
    }

    public bool Generates(ParseResult parsed) => parsed.GetValue(generate);

    /// <summary>Null when the panel is to make one.</summary>
    /// <exception cref="IOException">Stdin is not UTF-8.</exception>
    public async Task<string?> ReadAsync(ParseResult parsed, CancellationToken ct)
    {
        if (Generates(parsed)) return null;

        try
        {
            using var stdin = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false, throwOnInvalidBytes: true));
            return await stdin.ReadLineAsync(ct) ?? "";
        }
        catch (DecoderFallbackException)
        {
            throw new IOException("The password on stdin is not UTF-8.");
        }
    }
}
