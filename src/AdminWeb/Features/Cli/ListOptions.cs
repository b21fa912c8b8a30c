using System.CommandLine;
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
        list.Options.Add(state.AcceptOnlyFromAmong(page.HasDates ? ["active", "inactive", "scheduled", "expired"] : ["active", "inactive"]));
        list.Options.Add(only.AcceptOnlyFromAmong([.. page.Only.Select(ListQuery.Word)]));
        list.Options.Add(tag);
    }

    public PageRequest Read(ParseResult parsed)
    {
        var query = new ListQuery
        {
            Text = parsed.GetValue(filter), Match = Given(inside) ? "inside" : null, State = parsed.GetValue(state), Only = parsed.GetValue(only),
        };
        // A word that can be no tag finds nothing; in a URL it would be no filter.
        return query.ToRequest() with { Tag = parsed.GetValue(tag) is { } word ? string.Join(' ', TagList.Split(word)) : null };

        // An option that this list does not have cannot be asked for.
        bool Given(Option<bool> option) => parsed.GetResult(option) is not null && parsed.GetValue(option);
    }
}
