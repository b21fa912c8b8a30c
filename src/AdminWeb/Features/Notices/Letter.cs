using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Notices;

/// <summary>A message as text and as HTML that say the same.</summary>
public sealed record Letter(string Subject, string Text, string Html)
{
    /// <summary>A few sentences, each a paragraph, and a link that stands alone so that no program breaks it.</summary>
    /// <param name="link">Null where there is nothing to follow.</param>
    /// <param name="words">Read in the current UI culture.</param>
    public static Letter Of(string subject, string greeting, IReadOnlyList<string> before, string? link, IReadOnlyList<string> after, IStringLocalizer<NoticesText> words)
    {
        string[] paragraphs = [greeting, .. before, .. link is null ? [] : (string[])[link], .. after, words["Automatic"]];
        var encoder = HtmlEncoder.Default;
        var html = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html><html lang=\"{CultureInfo.CurrentUICulture.Name}\"><body>");
        foreach (var paragraph in paragraphs)
        {
            var text = encoder.Encode(paragraph);
            html.Append("<p>").Append(paragraph == link ? $"<a href=\"{text}\">{text}</a>" : text).Append("</p>");
        }
        return new Letter(subject, string.Join("\n\n", paragraphs) + "\n", html.Append("</body></html>").ToString());
    }
}
