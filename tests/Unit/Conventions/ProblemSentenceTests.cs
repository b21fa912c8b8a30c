using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdminPanel.Data.Addresses;
using Xunit;

namespace AdminPanel.Tests.Unit.Conventions;

/// <summary>A refusal without a sentence would show its code to the person who has to repair something.</summary>
public sealed partial class ProblemSentenceTests
{
    private static readonly HashSet<string> Sentences = XDocument
        .Load(Path.Combine(SourceTree.Root, "src/AdminWeb/Features/Shared/ProblemText.resx"))
        .Root!.Elements("data").Select(data => data.Attribute("name")!.Value).ToHashSet(StringComparer.Ordinal);

    [Fact]
    public void Every_code_that_the_source_names_has_a_sentence()
    {
        var codes = SourceTree.Files("src", ".cs").SelectMany(path => CodesOf(File.ReadAllText(path))).Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.True(codes.Count > 30, $"The search found only {codes.Count} codes.");
        Assert.DoesNotContain(codes, code => !Sentences.Contains(code));
    }

    [Fact]
    public void Every_fault_of_an_address_has_a_sentence_of_its_own_and_one_for_destinations()
    {
        var faults = Enum.GetValues<AddressFault>().Where(fault => fault != AddressFault.None).Select(fault => fault.ToString());

        Assert.DoesNotContain(faults.SelectMany(fault => (string[])[fault, $"Destination{fault}"]), code => !Sentences.Contains(code));
    }

    // The second argument of each "new Problem(", which may be a choice between literals.
    private static IEnumerable<string> CodesOf(string source) =>
        from Match start in ProblemStart().Matches(source)
        let arguments = Arguments(source, start.Index + start.Length).Take(2).ToList()
        where arguments.Count == 2
        from Match literal in Literal().Matches(arguments[1])
        select literal.Groups["code"].Value;

    private static IEnumerable<string> Arguments(string source, int from)
    {
        var depth = 0;
        for (var i = from; i < source.Length; i++)
        {
            if (source[i] is '(' or '[' or '{') depth++;
            if (source[i] is ')' or ']' or '}') depth--;
            if (depth >= 0 && (depth > 0 || source[i] != ',')) continue;
            yield return source[from..i];
            if (depth < 0) yield break;
            from = i + 1;
        }
    }

    [GeneratedRegex(@"new Problem\(")]
    private static partial Regex ProblemStart();

    [GeneratedRegex("\"(?<code>[A-Z][A-Za-z]+)\"")]
    private static partial Regex Literal();
}
