using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AdminPanel.Web.Features.Shared;

/// <summary><c>&lt;mail-address value="..." /&gt;</c>: the local part as it is, the domain quiet and in Unicode.</summary>
[HtmlTargetElement("mail-address", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AddressTagHelper : TagHelper
{
    public required string Value { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var (local, domain) = AddressText.Split(Value);
        output.TagName = null;
        output.Content.Append(local);
        output.Content.AppendHtml("""<wbr><span class="quiet">@""").Append(domain).AppendHtml("</span>");
    }
}
