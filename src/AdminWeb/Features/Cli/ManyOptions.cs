using System.CommandLine;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Cli;

/// <summary>Many things that a verb is about: each by its name, or all that the limits of their list leave.</summary>
internal sealed class ManyOptions
{
    private const string FromStdin = "-";

    private readonly Argument<string[]> names;
    private readonly Option<bool> all = new("--all") { Description = "All there are; --filter, --state, --only and --tag limit them." };
    private readonly ListOptions limits;

    /// <param name="command">Gets the options.</param>
    /// <param name="name">What the names are: "ADDRESS".</param>
    /// <param name="page">The filter of the same things' list.</param>
    public ManyOptions(Command command, string name, FilterForm page)
    {
        names = new Argument<string[]>(name) { Description = $"Each by its name; {FromStdin} reads them from stdin, one a line.", Arity = ArgumentArity.ZeroOrMore };
        command.Arguments.Add(names);
        command.Options.Add(all);
        limits = new ListOptions(command, page);
        command.Validators.Add(result =>
        {
            if (result.GetValue(names) is { Length: > 0 } == result.GetValue(all)) result.AddError($"Give one of {name} and --all.");
            if (!result.GetValue(all) && limits.AreIn(result)) result.AddError("What limits a list needs --all.");
        });
    }

    public PageRequest Limits(ParseResult parsed) => limits.Read(parsed);

    /// <summary>Null where all are meant.</summary>
    public async Task<IReadOnlyList<string>?> NamesAsync(ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetValue(all)) return null;

        var given = parsed.GetValue(names)!;
        if (given is not [FromStdin]) return given;

        var lines = new List<string>();
        using var stdin = new Stdin();
        while (await stdin.ReadLineAsync(ct) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line)) lines.Add(line.Trim());
        }
        return lines;
    }
}
