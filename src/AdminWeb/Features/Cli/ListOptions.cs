using System.CommandLine;
using System.CommandLine.Parsing;
using AdminPanel.Data;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Cli;

/// <summary>What limits a list, in the words of the same list's URL (<see cref="ListQuery"/>).</summary>
internal sealed class ListOptions
{
    private readonly Option<string?> filter = new("--filter") { Description = "Only what begins so." };
    private readonly Option<bool> inside = new("--inside") { Description = "Let --filter stand anywhere: in names, comments and destinations, too." };
    private readonly Option<string?> state = new("--state") { Description = "Only what is in this state." };
    private readonly Option<string?> only = new("--only") { Description = "Only what asks for attention in this way." };
    private readonly Option<string?> tag = new("--tag") { Description = "Only what is in a domain with this tag." };

    /// <param name="list">Gets the options.</param>
    /// <param name="page">The filter of the same list's page.</param>
    public ListOptions(Command list, FilterForm page)
    {
        list.Options.Add(filter);
        if (page.HasInside) list.Options.Add(inside);
        if (page.HasStates) list.Options.Add(state.AcceptOnlyFromAmong(page.HasDates ? ["active", "inactive", "scheduled", "expired"] : ["active", "inactive"]));
        if (page.Only.Count > 0) list.Options.Add(only.AcceptOnlyFromAmong([.. page.Only.Select(ListQuery.Word)]));
        if (page.TakesTag) list.Options.Add(tag);
    }

    /// <summary>Whether any of them was given.</summary>
    public bool AreIn(CommandResult command) => new Option[] { filter, inside, state, only, tag }.Any(o => command.GetResult(o) is not null);

    public PageRequest Read(ParseResult parsed)
    {
        var query = new ListQuery
        {
            Text = Given(filter), Match = Given(inside) ? "inside" : null, State = Given(state), Only = Given(only),
        };
        // A word that can be no tag finds nothing; in a URL it would be no filter.
        return query.ToRequest() with { Tag = Given(tag) is { } word ? string.Join(' ', TagList.Split(word)) : null };

        // An option that this list does not have cannot be asked for.
        T? Given<T>(Option<T> option) => parsed.GetResult(option) is null ? default : parsed.GetValue(option);
    }
}
