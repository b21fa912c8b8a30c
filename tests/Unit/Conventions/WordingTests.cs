using System.Text.RegularExpressions;
using Xunit;

namespace AdminPanel.Tests.Unit.Conventions;

/// <summary>All wording stands in resource files.</summary>
public sealed partial class WordingTests
{
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

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    // Two letters in a row between tags, in a stretch without Razor.
    [GeneratedRegex(@">(?<text>[^<>@{}();]*[A-Za-z]{2,}[^<>@{}();]*)<(?=[/a-z])")]
    private static partial Regex TextOfElement();

    [GeneratedRegex(@"\b(?:title|placeholder|aria-label|alt|label|hint)=""(?<text>[^""@]*[A-Za-z]{2,}[^""@]*)""")]
    private static partial Regex TextOfAttribute();
}
