using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Shared;

/// <summary><c>&lt;when at="..." /&gt;</c>: a time of the database (UTC) as people say it, with the exact one and its zone as the title.</summary>
[HtmlTargetElement("when", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WhenTagHelper(TimeProvider clock, IStringLocalizer<SharedText> words) : TagHelper
{
    /// <summary>Null is never.</summary>
    public DateTime? At { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (At is not { } at)
        {
            output.TagName = null;
            output.Content.SetContent(words["Never"]);
            return;
        }
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        output.Content.SetContent(Relative(clock.GetUtcNow().UtcDateTime - at, at));
    }

    private string Relative(TimeSpan age, DateTime at) => age switch
    {
        { TotalMinutes: < 1 } => words["JustNow"],
        { TotalMinutes: < 2 } => words["MinuteAgo"],
        { TotalHours: < 1 } => words["MinutesAgo", (int)age.TotalMinutes],
        { TotalHours: < 2 } => words["HourAgo"],
        { TotalDays: < 1 } => words["HoursAgo", (int)age.TotalHours],
        { TotalDays: < 2 } => words["Yesterday"],
        { TotalDays: < 30 } => words["DaysAgo", (int)age.TotalDays],
        _ => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
