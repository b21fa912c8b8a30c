using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdminPanel.Tests.Unit.Conventions;
using Xunit;

namespace AdminPanel.Tests.Unit.Shared;

/// <summary>Every word a page says stands in a resource file, and every word there is said by somebody.</summary>
public sealed partial class WordingTests
{
    // Keys that are put together while the program runs: an enumeration's name, or a problem's code.
    private static readonly string[] Composed = ["Theme", "State", "DomainAdmin", "Superadmin", "Action", "Bulk", "Mailboxes", "Aliases", "Permission", "Fault", "Cause", "Column", "Kind", "Restores", "Only", "Attention"];

    private static readonly string Features = Path.Combine(SourceTree.Root, "src", "AdminWeb", "Features");

    public static TheoryData<string> Words => [.. Directory.EnumerateFiles(Features, "*Text.resx", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Features, f)).Where(IsOfPages).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Words))]
    public void Pages_say_no_word_that_the_resource_file_lacks(string file)
    {
        var keys = Keys(file);

        Assert.Equal([], Said(file).Where(word => !keys.Contains(word)));
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void A_resource_file_has_no_word_that_nobody_says(string file)
    {
        var sources = string.Join('\n', Sources(Path.GetFileName(file) == "SharedText.resx" ? Features : Path.Combine(Features, Path.GetDirectoryName(file)!)));

        // Words that are put together beside the pages: $"Fault{fault}".
        var composed = Interpolated().Matches(sources).Select(m => m.Groups[1].Value).Distinct().Concat(Composed);
        Assert.Equal([], Keys(file).Where(key => !sources.Contains($"\"{key}\"", StringComparison.Ordinal) && !composed.Any(c => key.StartsWith(c, StringComparison.Ordinal)) && !key.Contains('.', StringComparison.Ordinal)));
    }

    [Fact]
    public void Pages_hold_no_words_of_their_own()
    {
        var found = Directory.EnumerateFiles(Features, "*.cshtml", SearchOption.AllDirectories)
            .SelectMany(f => OwnWords(File.ReadAllText(f)).Select(words => $"{Path.GetRelativePath(Features, f)}: {words}"));

        Assert.Empty(found);
    }

    // Sentences for problems are written by operations, which have tests of their own; these are the pages' files.
    private static bool IsOfPages(string file) =>
        Path.GetFileName(file) is not ("ProblemText.resx" or "AuditText.resx") && !file.StartsWith("Cli", StringComparison.Ordinal)
        && !file.StartsWith("MailServer", StringComparison.Ordinal) && !file.StartsWith("Serve", StringComparison.Ordinal) && !file.StartsWith("SignIn", StringComparison.Ordinal);

    private static HashSet<string> Keys(string file) =>
        [.. XDocument.Load(Path.Combine(Features, file)).Root!.Elements("data").Select(d => d.Attribute("name")!.Value)];

    private static IEnumerable<string> Said(string file)
    {
        if (Path.GetFileName(file) == "SharedText.resx")
            return Sources(Features).SelectMany(s => SharedWord().Matches(s)).Select(m => m.Groups[1].Value).Distinct();

        return Sources(Path.Combine(Features, Path.GetDirectoryName(file)!)).SelectMany(s => OwnWord().Matches(s)).Select(m => m.Groups[1].Value).Distinct();
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".cshtml", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal)).Select(File.ReadAllText);

    // Three looks, since no single one sees a sentence around an expression, a lone word, and an attribute. A command is no wording.
    private static IEnumerable<string> OwnWords(string page) =>
        PlainText().Matches(WithoutCode(page)).Concat(TextOfElement().Matches(Comment().Replace(page, ""))).Concat(TextOfAttribute().Matches(page))
            .Select(m => m.Groups["text"].Value.Trim()).Where(text => !text.StartsWith("adminpanel ", StringComparison.Ordinal));

    // Leaves what a browser would show: no directives, no Razor comments, no expressions, no tags.
    private static string WithoutCode(string page) => Tag().Replace(Expression().Replace(Comment().Replace(page, ""), ""), ">");

    [GeneratedRegex("\\bShared\\[\"(\\w+)\"(?! \\+)")]
    private static partial Regex SharedWord();

    [GeneratedRegex("\\b(?:T|words)\\[\"(\\w+)\"(?! \\+)")]
    private static partial Regex OwnWord();

    [GeneratedRegex("\\$\"(\\w+)\\{")]
    private static partial Regex Interpolated();

    [GeneratedRegex("@\\*.*?\\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("@\\{.*?\\n\\}|@\\([^\\n]*\\)|@\\w[^\\s<]*|^@.*$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(">(?<text>\\s*[A-Z][a-z]+ [a-z]+[^<>{}\\n]*)")]
    private static partial Regex PlainText();

    // Two letters in a row between tags, in a stretch without Razor.
    [GeneratedRegex(">(?<text>[^<>@{}();]*[A-Za-z]{2,}[^<>@{}();]*)<(?=[/a-z])")]
    private static partial Regex TextOfElement();

    [GeneratedRegex("\\b(?:title|placeholder|aria-label|alt|label|hint)=\"(?<text>[^\"@]*[A-Za-z]{2,}[^\"@]*)\"")]
    private static partial Regex TextOfAttribute();
}
