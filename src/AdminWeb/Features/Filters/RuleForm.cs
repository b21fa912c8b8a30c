using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Filters;

/// <summary>One condition as somebody types it; without a part it is an empty line of the form.</summary>
public sealed record RuleLine
{
    public FilterPart? Part { get; init; }

    public string? Header { get; init; }

    public FilterTest Test { get; init; }

    /// <summary>"5M" where it is about the size.</summary>
    public string? Value { get; init; }

    /// <summary>All of it, to be compared; empty where it says nothing.</summary>
    public override string ToString() => Part is null ? "" : string.Join('\n', Part, Header?.Trim(), Test, Value?.Trim());
}

/// <summary>A rule as somebody types it, on a page or as JSON for the command line.</summary>
public record RuleForm
{
    public string? Name { get; init; }

    public bool IsOn { get; init; } = true;

    public FilterMatch Match { get; init; }

    // Of an IReadOnlyList, MVC validates the list and none of its lines, and takes the form for unread.
    public IList<RuleLine> Conditions { get; init; } = [];

    public FilterDelivery Delivery { get; init; } = FilterDelivery.Move;

    public string? Folder { get; init; }

    public bool MarksRead { get; init; }

    public bool Flags { get; init; }

    public string? SendsTo { get; init; }

    public bool Stops { get; init; } = true;

    /// <summary>A rule as a form starts with it.</summary>
    public static T Of<T>(FilterRule rule) where T : RuleForm, new() => new()
    {
        Name = rule.Name,
        IsOn = rule.IsOn,
        Match = rule.Match,
        Conditions = [.. rule.Conditions.Select(Line)],
        Delivery = rule.Delivery,
        Folder = rule.Folder,
        MarksRead = rule.MarksRead,
        Flags = rule.Flags,
        SendsTo = rule.SendsTo is { } address ? AddressText.Unicode(address) : null,
        Stops = rule.Stops,
    };

    /// <summary>The lines, and empty ones behind them as far as there may be more.</summary>
    internal IList<RuleLine> AllLines => [.. Conditions.Take(FilterRule.MostConditions), .. Enumerable.Repeat(new RuleLine(), Math.Max(0, FilterRule.MostConditions - Conditions.Count))];

    private static RuleLine Line(FilterCondition condition) => new()
    {
        Part = condition.Part,
        Header = condition.Header,
        Test = condition.Test,
        Value = condition.Part is FilterPart.Larger or FilterPart.Smaller ? SizeInput.Of(FilterReading.Bytes(condition)) : condition.Value,
    };
}
