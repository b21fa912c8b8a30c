using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AdminPanel.Web.Features.Shared;

/// <summary><c>&lt;version for="Input" stale="Model.Stale" /&gt;</c>: what a form was opened with and in which version, so that nobody's change is overwritten unseen.</summary>
[HtmlTargetElement("version", Attributes = "for", TagStructure = TagStructure.WithoutEndTag)]
public sealed class VersionTagHelper : TagHelper
{
    /// <summary>The form; it has a property Version.</summary>
    public required ModelExpression For { get; set; }

    /// <summary>Not null after somebody else saved first: the form is opened anew with what they stored.</summary>
    public StaleForm? Stale { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var version = For.Model.GetType().GetProperty("Version")!.GetValue(For.Model);
        output.TagName = null;
        output.Content.AppendHtml(Hidden($"{For.Name}.Version", $"{version}")).AppendHtml(Hidden(StaleForm.OpenedField, Stale?.Opened ?? Posted() ?? StaleForm.Write(For.Model)));
    }

    // After a refusal the form is still the one that was opened.
    private string? Posted() => ViewContext.HttpContext.Request is { HasFormContentType: true } request ? (string?)request.Form[StaleForm.OpenedField] : null;

    private static TagBuilder Hidden(string name, string value)
    {
        var hidden = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        hidden.MergeAttributes(new Dictionary<string, string?> { ["type"] = "hidden", ["name"] = name, ["value"] = value });
        return hidden;
    }
}
