using AdminPanel.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.MailServer.Settings;

/// <summary><c>&lt;setting row="row" /&gt;</c>: the field of a setting on the page of <see cref="IndexModel"/>, or its value where the host's configuration has said it.</summary>
[HtmlTargetElement("setting", Attributes = "row", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SettingTagHelper(IStringLocalizer<MailServerText> words, IStringLocalizer<SharedText> shared) : TagHelper
{
    public required SettingRow Row { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    private string Key => Row.Setting.Key;

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        if (Row.IsChosenHere) return Field().ProcessAsync(context, output);

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field");
        output.Content.AppendHtml(Tag("div", words[Key], "form-label")).AppendHtml(Tag("div", words[$"{Key}.hint"], "form-text"))
            .AppendHtml(Tag("code", Row.Shown, "")).AppendHtml(Tag("div", words["FixedBy", Row.Place!], "form-text"));
        if (!Row.IsRight) output.Content.AppendHtml(Tag("div", words["WrongThere", Row.Setting.Wanted], "field-error"));
        return Task.CompletedTask;
    }

    private FieldTagHelper Field()
    {
        var (form, field) = (ViewContext.ViewData.ModelExplorer.GetExplorerForProperty(nameof(IndexModel.Input)), SettingsForm.FieldOf(Key));
        return new FieldTagHelper(shared)
        {
            For = new ModelExpression($"{nameof(IndexModel.Input)}.{field}", form.GetExplorerForProperty(field)),
            Label = words[Key],
            Hint = $"{words[$"{Key}.hint"]} {Origin()}",
            Kind = Row.Setting.Shape.Choices.Count > 0 ? FieldKind.Choice : FieldKind.Text,
            Options = Row.Setting.Shape.Choices.Select(c => new SelectListItem(Word(c), c)),
            ViewContext = ViewContext,
        };
    }

    private string Origin() => Row switch
    {
        { Setting.Default: null, From: SettingOrigin.Panel } => words["ChosenHere"],
        { Setting.Default: null } => words["NotChosen"],
        { From: SettingOrigin.Panel } => words["ChosenInsteadOf", Default],
        _ => words["IsDefault", Default],
    };

    private string Default => Word(Row.Setting.Shape.Shown(Row.Setting.Default!));

    private string Word(string value) => Row.Setting.Shape.Choices.Count > 0 ? words[$"choice.{value}"] : value;

    private static TagBuilder Tag(string name, string text, string className)
    {
        var tag = new TagBuilder(name);
        if (className.Length > 0) tag.AddCssClass(className);
        tag.InnerHtml.Append(text);
        return tag;
    }
}
