using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AdminPanel.Web.Features.Shared;

/// <summary><c>&lt;icon name="inbox" /&gt;</c>: a picture beside a word, hidden from screen readers.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    public required string Name { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Icons.Svg(Name));
    }
}
