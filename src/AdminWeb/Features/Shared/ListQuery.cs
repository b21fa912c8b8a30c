using System.Collections.Frozen;
using System.Text.Json;
using AdminPanel.Data;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Filter, order and page of a list as they stand in its URL: q, match, state, only, tag, sort, after, before, last.</summary>
public sealed record ListQuery
{
    private static readonly (string Word, ListSort Sort)[] SortWords =
    [
        ("name", ListSort.Name), ("added", ListSort.Added), ("used", ListSort.Used), ("sign-in", ListSort.LastSignIn),
        ("mailboxes", ListSort.Mailboxes), ("aliases", ListSort.Aliases), ("allocated", ListSort.Allocated),
    ];

    private static readonly FrozenDictionary<ListOnly, string> OnlyWords =
        Enum.GetValues<ListOnly>().ToFrozenDictionary(only => only, only => JsonNamingPolicy.KebabCaseLower.ConvertName(only.ToString()));

    private static readonly FrozenDictionary<string, ListOnly> OnlyChoices = OnlyWords.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    [FromQuery(Name = "q")]
    public string? Text { get; init; }

    [FromQuery(Name = "match")]
    public string? Match { get; init; }

    [FromQuery(Name = "state")]
    public string? State { get; init; }

    [FromQuery(Name = "only")]
    public string? Only { get; init; }

    [FromQuery(Name = "tag")]
    public string? Tag { get; init; }

    /// <summary>A word for what it is ordered by; with "-" before it, the greatest first.</summary>
    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

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
        Only = OnlyChoice,
        Tag = TagChoice,
        Sort = SortChoice,
        IsDescending = IsDescending,
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

    /// <summary>As for states: a word that nobody knows is no filter.</summary>
    public ListOnly OnlyChoice => Only is null ? ListOnly.None : OnlyChoices.GetValueOrDefault(Only);

    /// <summary>A word that nobody knows is the order by name.</summary>
    public ListSort SortChoice => SortWords.FirstOrDefault(w => w.Word == Sort?.TrimStart('-')).Sort;

    public bool IsDescending => Sort is ['-', ..];

    /// <summary>Everything but the page, as it stands in the URL: what a form sends along.</summary>
    public IEnumerable<(string Name, string Value)> Kept
    {
        get
        {
            if (Blank(Text) is { } text) yield return ("q", text);
            if (IsInside) yield return ("match", "inside");
            foreach (var choice in KeptBesideText) yield return choice;
        }
    }

    /// <summary>The same without the text and how it is looked for, which the filter's own form asks.</summary>
    public IEnumerable<(string Name, string Value)> KeptBesideText
    {
        get
        {
            if (StateChoice != StateFilter.All) yield return ("state", StateChoice.ToString().ToLowerInvariant());
            if (OnlyChoice is not ListOnly.None and var only) yield return ("only", Word(only));
            if (TagChoice is { } tag) yield return ("tag", tag);
            if (SortText(SortChoice, IsDescending) is { } sort) yield return ("sort", sort);
        }
    }

    /// <summary>The same list, its first page, with another state.</summary>
    public string WithState(StateFilter state) => (this with { State = state.ToString().ToLowerInvariant() }).At(null);

    /// <summary>The same list, its first page, limited to this, or no longer when it is.</summary>
    public string WithOnly(ListOnly only) => (this with { Only = only == OnlyChoice ? null : Word(only) }).At(null);

    /// <summary>The whole list in the same order.</summary>
    public string Cleared => new ListQuery { Sort = Sort }.At(null);

    /// <summary>The same list, its first page, with another tag; null is whatever tags there are.</summary>
    public string WithTag(string? tag) => (this with { Tag = tag }).At(null);

    /// <summary>The same list, its first page, in another order: names from A, numbers from the greatest, and the other way round when it is in that order already.</summary>
    public string WithSort(ListSort sort)
    {
        var isDescending = sort == SortChoice ? !IsDescending : sort != ListSort.Name;
        return (this with { Sort = SortText(sort, isDescending) }).At(null);
    }

    /// <summary>The same filter at another page.</summary>
    /// <param name="place">"after", "before" or "last", with its value; null is the first page.</param>
    public string At((string Name, string Value)? place)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in Kept) query.Add(name, value);
        if (place is var (placeName, placeValue)) query.Add(placeName, placeValue);
        var built = query.ToString();
        return built.Length == 0 ? "?" : built;
    }

    /// <summary>"nearly-full".</summary>
    public static string Word(ListOnly only) => OnlyWords[only];

    private static string? SortText(ListSort sort, bool isDescending) =>
        sort == ListSort.Name && !isDescending ? null : (isDescending ? "-" : "") + SortWords.First(w => w.Sort == sort).Word;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
