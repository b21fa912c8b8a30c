using System.CommandLine;
using System.CommandLine.Parsing;

namespace AdminPanel.Web.Features.Cli;

/// <summary>How a verb gets a password: a line of stdin, or made by the panel and printed once. Never an argument, which every account on the machine can read.</summary>
internal sealed class PasswordOptions
{
    private readonly Option<bool> fromStdin = new("--password-stdin") { Description = "Read the password from the first line of stdin." };

    private readonly Option<bool> generate = new("--generate") { Description = "Make a password and print it, once." };

    /// <param name="batch">Another source of passwords, in place of both; null where there is none.</param>
    public PasswordOptions(Command command, Option<bool>? batch = null)
    {
        command.Options.Add(fromStdin);
        command.Options.Add(generate);
        command.Validators.Add(result =>
        {
            if (batch is not null && result.GetValue(batch)) return;
            if (result.GetValue(fromStdin) == result.GetValue(generate)) result.AddError("Give one of --password-stdin and --generate.");
        });
    }

    public bool IsNamed(CommandResult result) => result.GetValue(fromStdin) || result.GetValue(generate);

    public bool Generates(ParseResult parsed) => parsed.GetValue(generate);

    /// <summary>Null when the panel is to make one.</summary>
    /// <exception cref="IOException">Stdin is not UTF-8.</exception>
    public async Task<string?> ReadAsync(ParseResult parsed, CancellationToken ct)
    {
        if (Generates(parsed)) return null;

        using var stdin = new Stdin();
        return await stdin.ReadLineAsync(ct) ?? "";
    }
}
