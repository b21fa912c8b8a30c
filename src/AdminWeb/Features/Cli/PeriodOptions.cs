using System.CommandLine;

namespace AdminPanel.Web.Features.Cli;

/// <summary>From when and until when, on the command line.</summary>
internal sealed class PeriodOptions
{
    private readonly Option<string?> from = new("--from") { Description = "The first day, as 2026-12-24, or a moment (UTC) as 2026-12-24T18:00; none: at once." };

    private readonly Option<string?> until = new("--until") { Description = "The last day, or the moment (UTC) of the end; none: no end." };

    public IEnumerable<Option> All => [from, until];

    public void AddTo(params IEnumerable<Command> commands)
    {
        foreach (var command in commands)
        {
            command.Options.Add(from);
            command.Options.Add(until);
        }
    }

    /// <param name="stored">What holds where nothing is said.</param>
    public string? From(ParseResult parsed, string? stored = null) => Chosen(parsed, from, stored);

    public string? Until(ParseResult parsed, string? stored = null) => Chosen(parsed, until, stored);

    private static string? Chosen(ParseResult parsed, Option<string?> option, string? stored) =>
        parsed.GetResult(option) is null ? stored : parsed.GetValue(option) is "none" ? null : parsed.GetValue(option);
}
