using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Shared;

/// <summary>What a <see cref="FieldTagHelper"/> lets people enter.</summary>
public enum FieldKind
{
    Text,
    Number,

    /// <summary>A day; a value with a time of day stays text, so that it comes back as it is.</summary>
    Date,
    Password,
    Area,

    /// <summary>Several lines that are not sent back, as a private key.</summary>
    SecretArea,
    Choice,
    Check,
}

/// <summary>
/// One line of a form: label, hint, control, error, tied together for screen readers. What somebody typed comes back
/// after a refusal, passwords apart.
/// </summary>
[HtmlTargetElement("field", Attributes = "for", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTagHelper(IStringLocalizer<SharedText> words) : TagHelper
{
    // Longer ones would leave no room to type beside them on a phone.
    private const int LongSuffix = 28;

    public required ModelExpression For { get; set; }

    public required string Label { get; set; }

    public string? Hint { get; set; }

    public FieldKind Kind { get; set; }

    /// <summary>Text that belongs to the value and is not typed: "@example.org".</summary>
    public string? Suffix { get; set; }

    /// <summary>For password managers: "off", "new-password", "username".</summary>
    public string? Autocomplete { get; set; }

    /// <summary>Marks the control as a part of the address that the page shows while somebody types.</summary>
    public string? Part { get; set; }

    /// <summary>Entries of a <see cref="FieldKind.Choice"/>.</summary>
    public IEnumerable<SelectListItem> Options { get; set; } = [];

    /// <summary>Values offered while somebody types in a <see cref="FieldKind.Text"/>; others are taken too.</summary>
    public IEnumerable<string> Suggestions { get; set; } = [];

    public int Rows { get; set; } = 4;

    [ViewContext]
    [HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    /// <summary>The id of the control of a bound property; the summary of problems links to it.</summary>
    public static string IdOf(string name) => TagBuilder.CreateSanitizedId(name, "_");

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = IdOf(name);
        FormLabels.Add(ViewContext.HttpContext, name, Label, Kind == FieldKind.Choice ? value => Options.FirstOrDefault(o => o.Value == value)?.Text : null);
        ViewContext.ModelState.TryGetValue(name, out var state);
        var errors = state?.Errors.Select(e => e.ErrorMessage).ToList() ?? [];

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field");
        var inner = await output.GetChildContentAsync();
        var control = Control(name, id, Value(state), errors.Count > 0);
        if (Kind == FieldKind.Check)
        {
            output.Content.AppendHtml(Check(control, name, id));
        }
        else
        {
            output.Content.AppendHtml(Tag("label", Label, ("class", "form-label"), ("for", id)));
            if (Hint is not null) output.Content.AppendHtml(Tag("div", Hint, ("class", "form-text"), ("id", $"{id}-hint")));
            output.Content.AppendHtml(Grouped(control, id, inner));
            AppendSuggestions(output, control, id);
        }
        if (errors.Count > 0) output.Content.AppendHtml(Errors(id, errors));
    }

    private string Value(ModelStateEntry? state) => Kind switch
    {
        FieldKind.Password or FieldKind.SecretArea => "",
        _ => state?.AttemptedValue ?? Convert.ToString(For.Model, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };

    private TagBuilder Control(string name, string id, string value, bool isWrong)
    {
        var control = Kind switch
        {
            FieldKind.Area or FieldKind.SecretArea => Area(value),
            FieldKind.Choice => Choice(value),
            _ => Input(value),
        };
        control.Attributes["id"] = id;
        control.Attributes["name"] = name;
        if (Kind is not FieldKind.Choice and not FieldKind.Check)
        {
            control.AddCssClass("form-control");
            control.Attributes["autocomplete"] = Autocomplete ?? "off";
            control.Attributes["spellcheck"] = "false";
            control.Attributes["autocapitalize"] = "none";
        }
        if (Part is not null) control.Attributes["data-part"] = Part;
        if (isWrong)
        {
            control.AddCssClass("is-invalid");
            control.Attributes["aria-invalid"] = "true";
        }
        string?[] described = [Hint is null ? null : $"{id}-hint", isWrong ? $"{id}-error" : null];
        var ids = string.Join(' ', described.Where(d => d is not null));
        if (ids.Length > 0) control.Attributes["aria-describedby"] = ids;
        return control;
    }

    private static TagBuilder Errors(string id, IReadOnlyList<string> errors)
    {
        var box = Tag("div", null, ("class", "field-error"), ("id", $"{id}-error"));
        foreach (var error in errors) box.InnerHtml.AppendHtml(Tag("div", error));
        return box;
    }

    private TagBuilder Input(string value)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        switch (Kind)
        {
            case FieldKind.Check:
                input.Attributes["type"] = "checkbox";
                input.Attributes["value"] = "true";
                // The hidden "false" beside it makes the posted value "true,false".
                if (value.StartsWith("true", StringComparison.OrdinalIgnoreCase)) input.Attributes["checked"] = "checked";
                input.AddCssClass("form-check-input");
                break;
            case FieldKind.Password:
                input.Attributes["type"] = "password";
                break;
            default:
                input.Attributes["type"] = Kind == FieldKind.Date && IsDayOrEmpty(value) ? "date" : "text";
                input.Attributes["value"] = value;
                if (Kind == FieldKind.Number) input.Attributes["inputmode"] = "numeric";
                break;
        }
        return input;
    }

    private static bool IsDayOrEmpty(string value) =>
        value.Length == 0 || DateTime.TryParseExact(value, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _);

    private TagBuilder Area(string value)
    {
        var area = new TagBuilder("textarea");
        if (Kind == FieldKind.SecretArea) area.Attributes["data-secret"] = "";
        area.Attributes["rows"] = Rows.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // A parser drops the first line break after the tag, so an empty first line would get lost.
        area.InnerHtml.AppendHtml("\n").Append(value);
        return area;
    }

    private TagBuilder Choice(string value)
    {
        var choice = new TagBuilder("select");
        choice.AddCssClass("form-select");
        foreach (var entry in Options)
        {
            var option = Tag("option", entry.Text, ("value", entry.Value));
            if (entry.Value == value) option.Attributes["selected"] = "selected";
            choice.InnerHtml.AppendHtml(option);
        }
        return choice;
    }

    private TagBuilder Check(TagBuilder control, string name, string id)
    {
        var box = Tag("div", null, ("class", "form-check"));
        box.InnerHtml.AppendHtml(control).AppendHtml(Tag("label", Label, ("class", "form-check-label"), ("for", id)));
        var hidden = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        hidden.MergeAttributes(new Dictionary<string, string?> { ["type"] = "hidden", ["name"] = name, ["value"] = "false" });
        box.InnerHtml.AppendHtml(hidden);
        if (Hint is not null) box.InnerHtml.AppendHtml(Tag("div", Hint, ("class", "form-text"), ("id", $"{id}-hint")));
        return box;
    }

    private void AppendSuggestions(TagHelperOutput output, TagBuilder control, string id)
    {
        var list = Tag("datalist", null, ("id", $"{id}-list"));
        foreach (var value in Suggestions) list.InnerHtml.AppendHtml(Tag("option", null, ("value", value)));
        if (!list.HasInnerHtml) return;

        control.Attributes["list"] = $"{id}-list";
        output.Content.AppendHtml(list);
    }

    private TagBuilder Grouped(TagBuilder control, string id, TagHelperContent inner)
    {
        if (Kind != FieldKind.Password && Suffix is null && inner.IsEmptyOrWhiteSpace) return control;
        if (Suffix is { Length: > LongSuffix })
        {
            var below = Tag("div", null);
            below.InnerHtml.AppendHtml(control).AppendHtml(Tag("div", Suffix, ("class", "suffix-below")));
            return below;
        }

        var group = Tag("div", null, ("class", "input-group"));
        group.InnerHtml.AppendHtml(control);
        if (Suffix is not null) group.InnerHtml.AppendHtml(Tag("span", Suffix, ("class", "input-group-text suffix")));
        if (Kind == FieldKind.Password)
        {
            var show = words["Show"].Value;
            group.InnerHtml.AppendHtml(Tag("button", show, ("type", "button"), ("class", "btn btn-quiet js-only"), ("data-show", id), ("data-word", show), ("data-hide", words["Hide"]), ("aria-pressed", "false")));
        }
        group.InnerHtml.AppendHtml(inner);
        return group;
    }

    private static TagBuilder Tag(string name, string? text, params (string Name, string Value)[] attributes)
    {
        var tag = new TagBuilder(name);
        foreach (var (key, value) in attributes) tag.Attributes[key] = value;
        if (text is not null) tag.InnerHtml.Append(text);
        return tag;
    }
}
