using AdminPanel.Data;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Filter and page of a list as they stand in its URL: q, match, state, tag, after, before, last.</summary>
public sealed record ListQuery
{
    [FromQuery(Name = "q")]
    public string? Text { get; init; }

    [FromQuery(Name = "match")]
    public string? Match { get; init; }

    [FromQuery(Name = "state")]
    public string? State { get; init; }

    [FromQuery(Name = "tag")]
    public string? Tag { get; init; }

    [FromQuery(Name = "after")]
    public string? After { get; init; }

    [FromQuery(Name = "before")]
    public string? Before { get; init; }

    [FromQuery(Name = "last")]
    public string? Last { get; init; }

    /// <summary>A state that nobody knows is no filter: an old or mistyped link still shows the list.</summary>
    public PageRequest ToRequest() => new()
    {
        After = Blank(After),
        Before = Blank(Before),
        IsLast = !string.IsNullOrEmpty(Last),
        Filter = Blank(Text),
        IsInside = IsInside,
        State = StateChoice,
        Tag = TagChoice,
    };

    /// <summary>Whether the text may stand anywhere, not only at the beginning.</summary>
    public bool IsInside => Match == "inside";

    /// <summary>In normal form; what is no tag is no filter.</summary>
    public string? TagChoice => TagList.Split(Tag) is [var tag] && TagList.IsTag(tag) ? tag : null;

    public StateFilter StateChoice => State switch
    {
        "active" => StateFilter.Active,
        "inactive" => StateFilter.Inactive,
        "scheduled" => StateFilter.Scheduled,
        "expired" => StateFilter.Expired,
        _ => StateFilter.All,
    };

    /// <summary>The same list, its first page, with another state.</summary>
    public string WithState(StateFilter state) => Query(state, TagChoice, null);

    /// <summary>The same list, its first page, with another tag; null is whatever tags there are.</summary>
    public string WithTag(string? tag) => Query(StateChoice, tag, null);

    /// <summary>The same filter at another page.</summary>
    /// <param name="place">"after", "before" or "last", with its value; null is the first page.</param>
    public string At((string Name, string Value)? place) => Query(StateChoice, TagChoice, place);

    private string Query(StateFilter state, string? tag, (string Name, string Value)? place)
    {
        var query = new QueryBuilder();
        if (Blank(Text) is { } text) query.Add("q", text);
        if (IsInside) query.Add("match", "inside");
        if (state != StateFilter.All) query.Add("state", state.ToString().ToLowerInvariant());
        if (tag is not null) query.Add("tag", tag);
        if (place is var (name, value)) query.Add(name, value);
        var built = query.ToString();
        return built.Length == 0 ? "?" : built;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
