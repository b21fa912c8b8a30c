using AdminPanel.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Filters;

/// <summary>What a rule does, as people say it.</summary>
internal static class FilterWords
{
    /// <summary>"From contains “list” and subject is “hello”".</summary>
    public static string When(FilterRule rule, IStringLocalizer<FiltersText> words) =>
        string.Join($" {words[rule.Match == FilterMatch.Any ? "Or" : "And"]} ", rule.Conditions.Select(c => Of(c.Part, c.Header, c.Test, Value(c), words)));

    /// <summary>"Move to “Lists”, mark as read".</summary>
    public static string Then(FilterRule rule, IStringLocalizer<FiltersText> words) => string.Join(", ", Actions(rule, words));

    /// <summary>A line of the form; null where it is empty.</summary>
    public static string? Of(RuleLine line, IStringLocalizer<FiltersText> words) => line.Part is { } part ? Of(part, line.Header, line.Test, line.Value ?? "", words) : null;

    private static string Of(FilterPart part, string? header, FilterTest test, string value, IStringLocalizer<FiltersText> words) => part switch
    {
        FilterPart.Spam => words["PartSpam"],
        FilterPart.Larger or FilterPart.Smaller => $"{words[$"Part{part}"]} {value}",
        FilterPart.Header => words["WhenText", header ?? "", words[$"Test{test}"], value],
        _ => words["WhenText", words[$"Part{part}"], words[$"Test{test}"], value],
    };

    private static string Value(FilterCondition condition) => condition.Part is FilterPart.Larger or FilterPart.Smaller ? SizeText.Of(FilterReading.Bytes(condition)) : condition.Value ?? "";

    private static IEnumerable<string> Actions(FilterRule rule, IStringLocalizer<FiltersText> words)
    {
        switch (rule.Delivery)
        {
            case FilterDelivery.Move or FilterDelivery.Copy:
                yield return words[$"Do{rule.Delivery}", rule.Folder ?? ""];
                break;
            case FilterDelivery.Trash:
                yield return words["DoTrash"];
                break;
            case FilterDelivery.Nothing:
                yield return words[rule.ThrowsAway ? "DoThrowAway" : "DoKeepNothing"];
                break;
        }
        if (rule.MarksRead) yield return words["DoMarkRead"];
        if (rule.Flags) yield return words["DoFlag"];
        if (rule.SendsTo is { } address) yield return words["DoSendOn", AddressText.Unicode(address)];
        if (rule.Stops) yield return words["DoStop"];
    }
}
