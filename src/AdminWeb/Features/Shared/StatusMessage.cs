using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace AdminPanel.Web.Features.Shared;

/// <summary>What the page after a POST says was done: a sentence that names the thing, as a link where it still exists.</summary>
/// <param name="Before">The sentence up to the name.</param>
/// <param name="Name">The thing, or null when the sentence names none as a link.</param>
/// <param name="After">The rest of the sentence.</param>
public sealed record StatusMessage(string Before, string? Name, string? Url, string After)
{
    private const string Key = "StatusMessage";

    /// <summary>The message of the request before, once; null when there is none.</summary>
    public static StatusMessage? Take(ITempDataDictionary data) =>
        data[Key] is string[] { Length: 4 } parts
            ? new StatusMessage(parts[0], Blank(parts[1]), Blank(parts[2]), parts[3])
            : null;

    /// <summary>A sentence whose {0} is the name of the thing.</summary>
    public static StatusMessage Naming(string sentence, string name, string? url)
    {
        var at = sentence.IndexOf("{0}", StringComparison.Ordinal);
        if (at < 0) return new StatusMessage(sentence, null, null, "");
        if (url is null) return new StatusMessage(sentence.Replace("{0}", name, StringComparison.Ordinal), null, null, "");

        return new StatusMessage(sentence[..at], name, url, sentence[(at + 3)..]);
    }

    public void Keep(ITempDataDictionary data) => data[Key] = new[] { Before, Name ?? "", Url ?? "", After };

    private static string? Blank(string text) => text.Length == 0 ? null : text;
}
