using System.Globalization;
using AdminPanel.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Filters;

/// <summary>What the page of a rule does alike for owners and admins.</summary>
internal static class FilterPages
{
    private const string New = "add";

    /// <param name="segment">The rule's number, or "add".</param>
    /// <param name="row">Null for a new one.</param>
    public static bool TryFind(FilterList list, string segment, out FilterRow? row)
    {
        row = long.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? list.Filters.FirstOrDefault(f => f.Id == id) : null;
        return row is not null || segment == New;
    }

    /// <summary>What the form starts with, with all its lines.</summary>
    public static SaveFilter.Input Form(FilterList list, FilterRow? row)
    {
        var form = row is null ? new SaveFilter.Input() : RuleForm.Of<SaveFilter.Input>(row.Rule);
        return form with { MailboxId = list.MailboxId, Id = row?.Id ?? 0, Version = row?.Version ?? 0, Conditions = form.AllLines };
    }

    /// <summary>What the operation gets: of which rule it is, the page knows.</summary>
    public static SaveFilter.Input Posted(PageModel page, SaveFilter.Input typed, FilterList list, FilterRow? row)
    {
        var merged = page.Merged(typed, Form(list, row));
        return merged with { MailboxId = list.MailboxId, Id = row?.Id ?? 0, Conditions = merged.Conditions.Count > FilterRule.MostConditions ? merged.Conditions : merged.AllLines };
    }

    public static string Title(FilterRow? row, IStringLocalizer<FiltersText> words) => row is null ? words["Add"] : words["RuleTitle", row.Rule.Name];

    /// <summary>A condition of the form, or of what is stored, from the text that stands for it.</summary>
    public static string? LineText(string line, RuleForm form, FilterList list, FilterRow? row, IStringLocalizer<FiltersText> words) =>
        form.Conditions.Concat(Form(list, row).Conditions).FirstOrDefault(c => c.ToString() == line) is { } found ? FilterWords.Of(found, words) : null;
}
