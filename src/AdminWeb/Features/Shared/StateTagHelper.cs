using AdminPanel.Data.Model;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Shared;

/// <summary>How a state is coloured; the word always stands beside it.</summary>
public enum StateTone
{
    Ok,
    Warn,
    Bad,
    Off,
}

/// <summary>
/// A state as word, sign and colour: <c>&lt;state tone="Ok"&gt;Done&lt;/state&gt;</c>, or with its own word
/// <c>&lt;state of="row.State" /&gt;</c>, <c>&lt;state active="row.IsActive" /&gt;</c>. No partial view, which a list
/// would render for each of its rows.
/// </summary>
[HtmlTargetElement("state")]
public sealed class StateTagHelper(IStringLocalizer<SharedText> words) : TagHelper
{
    public StateTone Tone { get; set; }

    public AddressState? Of { get; set; }

    public bool? Active { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var state = Of ?? (Active is { } active ? active ? AddressState.Active : AddressState.Inactive : null);
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        var (style, icon) = (state is { } known ? ToneOf(known) : Tone) switch
        {
            StateTone.Ok => ("state state-ok", "check-lg"),
            StateTone.Warn => ("state state-warn", "exclamation-lg"),
            StateTone.Bad => ("state state-bad", "exclamation-lg"),
            _ => ("state state-off", "pause"),
        };
        output.Attributes.SetAttribute("class", style);
        output.PreContent.SetHtmlContent(Icons.Svg(icon));
        if (state is { } one) output.Content.SetContent(words["State" + one]);
    }

    private static StateTone ToneOf(AddressState state) => state switch
    {
        AddressState.Active => StateTone.Ok,
        AddressState.Inactive => StateTone.Off,
        _ => StateTone.Warn,
    };
}
