using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace AdminPanel.Tests.Unit.Conventions;

/// <summary>All wording stands in resource files, and every language says everything.</summary>
public sealed partial class WordingTests
{
    [Fact]
    public void German_has_every_sentence_with_the_same_places_to_fill()
    {
        var differences = SourceTree.Files("src/AdminWeb/Features", ".resx").Where(path => !path.EndsWith(".de.resx", StringComparison.Ordinal)).SelectMany(Differences).ToList();

        Assert.Empty(differences);
    }

    /// <summary>What a browser would show and no translator would find.</summary>
    [Fact]
    public void No_view_has_words_of_its_own()
    {
        var words = from path in SourceTree.Files("src/AdminWeb/Features", ".cshtml")
                    let markup = Comment().Replace(File.ReadAllText(path), "")
                    from Match match in TextOfElement().Matches(markup).Concat(TextOfAttribute().Matches(markup))
                    let text = match.Groups["text"].Value.Trim()
                    where !text.StartsWith("adminpanel ", StringComparison.Ordinal)
                    select $"{Path.GetRelativePath(SourceTree.Root, path)}: {text}";

        Assert.Empty(words);
    }

    private static IEnumerable<string> Differences(string path)
    {
        var english = Sentences(path);
        var german = Sentences(path.Replace(".resx", ".de.resx", StringComparison.Ordinal));
        var file = Path.GetFileName(path);
        return english.Keys.Except(german.Keys).Select(key => $"{file}: {key} is missing in German")
            .Concat(german.Keys.Except(english.Keys).Select(key => $"{file}: {key} is only in German"))
            .Concat(english.Keys.Intersect(german.Keys).Where(key => Places(english[key]) != Places(german[key])).Select(key => $"{file}: {key} fills other places in German"));
    }

    private static Dictionary<string, string> Sentences(string path) => File.Exists(path)
        ? XDocument.Load(path).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal)
        : [];

    private static string Places(string sentence) =>
        string.Join(' ', Place().Matches(sentence).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    // Two letters in a row between tags, in a stretch without Razor.
    [GeneratedRegex(@">(?<text>[^<>@{}();]*[A-Za-z]{2,}[^<>@{}();]*)<(?=[/a-z])")]
    private static partial Regex TextOfElement();

    [GeneratedRegex(@"\b(?:title|placeholder|aria-label|alt|label|hint)=""(?<text>[^""@]*[A-Za-z]{2,}[^""@]*)""")]
    private static partial Regex TextOfAttribute();
}
