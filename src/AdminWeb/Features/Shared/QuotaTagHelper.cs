using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Shared;

/// <summary><c>&lt;quota used="..." limit="..." /&gt;</c>: "1.2 of 5 GB" with a bar; without a limit, the words alone. In bytes.</summary>
[HtmlTargetElement("quota", TagStructure = TagStructure.WithoutEndTag)]
public sealed class QuotaTagHelper(IStringLocalizer<SharedText> words) : TagHelper
{
    public long Used { get; set; }

    public long? Limit { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "usage");
        if (Limit is not { } limit)
        {
            output.Content.SetContent(SizeText.Of(Used));
            return;
        }
        var text = words["QuotaOf", SizeText.OfWhole(Used, limit), SizeText.Of(limit)].Value;
        var percent = limit == 0 ? 100 : Math.Min(100, Used * 100.0 / limit);
        var value = percent.ToString("0.#", CultureInfo.InvariantCulture);
        output.Content.Append(text);
        output.Content.AppendHtml($"""<meter class="wide" min="0" max="100" low="75" high="90" optimum="10" value="{value}"></meter>""");
    }
}
