using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AdminPanel.Web.Features.Shared;

/// <summary>How a state is coloured; the word always stands beside it.</summary>
public enum StateTone
{
    Ok,
    Warn,
    Bad,
    Off,
}

/// <summary><c>&lt;state tone="Ok"&gt;Active&lt;/state&gt;</c>: a state as word, sign and colour.</summary>
[HtmlTargetElement("state")]
public sealed class StateTagHelper : TagHelper
{
    public StateTone Tone { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        var (style, icon) = Tone switch
        {
            StateTone.Ok => ("state-ok", "check-lg"),
            StateTone.Warn => ("state-warn", "exclamation-lg"),
            StateTone.Bad => ("state-bad", "exclamation-lg"),
            _ => ("state-off", "pause"),
        };
        output.Attributes.SetAttribute("class", $"state {style}");
        output.PreContent.SetHtmlContent(Icons.Svg(icon));
    }
}
