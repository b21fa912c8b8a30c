using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdminPanel.Tests.Unit.Conventions;
using Xunit;

namespace AdminPanel.Tests.Unit.Shared;

/// <summary>Every language says everything.</summary>
public sealed partial class TranslationTests
{
    [Fact]
    public void German_has_every_sentence_with_the_same_places_to_fill()
    {
        var differences = SourceTree.Files("src/AdminWeb/Features", ".resx").Where(path => !path.EndsWith(".de.resx", StringComparison.Ordinal)).SelectMany(Differences).ToList();

        Assert.Empty(differences);
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
}
