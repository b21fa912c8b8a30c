using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AdminPanel.Web.Features.Shared;

/// <summary>
/// <c>&lt;th sort="Used" query="Model.Query"&gt;Used&lt;/th&gt;</c>: the head of a column that the list can be ordered
/// by, as a link that orders it so, and turns it over when it is.
/// </summary>
[HtmlTargetElement("th", Attributes = "sort,query")]
public sealed class SortTagHelper : TagHelper
{
    public ListSort Sort { get; set; }

    public required ListQuery Query { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var isCurrent = Sort == Query.SortChoice;
        output.Attributes.SetAttribute("scope", "col");
        if (isCurrent) output.Attributes.SetAttribute("aria-sort", Query.IsDescending ? "descending" : "ascending");
        output.PreContent.AppendHtml("<a class=\"sort\" href=\"").Append(Query.WithSort(Sort)).AppendHtml("\">");
        if (isCurrent) output.PostContent.AppendHtml(" ").AppendHtml(Icons.Svg(Query.IsDescending ? "caret-down-fill" : "caret-up-fill"));
        output.PostContent.AppendHtml("</a>");
    }
}
