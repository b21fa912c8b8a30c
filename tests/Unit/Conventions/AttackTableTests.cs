using System.Text.RegularExpressions;
using Xunit;

namespace AdminPanel.Tests.Unit.Conventions;

/// <summary>docs/operations/attacks.md promises a test for each attack: one that was renamed or taken away would leave the promise behind.</summary>
public sealed partial class AttackTableTests
{
    private const int Columns = 4;

    private static readonly IReadOnlyList<IReadOnlyList<string>> Rows =
    [
        .. File.ReadLines(Path.Combine(SourceTree.Root, "docs/operations/attacks.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| attack |", StringComparison.Ordinal))
            .Select(line => (IReadOnlyList<string>)line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    public static TheoryData<string> Tests => [.. Rows.SelectMany(row => Code().Matches(row[^1])).Select(name => name.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    [Fact]
    public void Every_attack_says_where_it_was_seen_what_stops_it_and_which_test_tries_it()
    {
        Assert.True(Rows.Count > 20, "the table was read");
        Assert.All(Rows, row =>
        {
            Assert.Equal(Columns, row.Count);
            Assert.All(row, cell => Assert.NotEmpty(cell));
            Assert.NotEmpty(Code().Matches(row[^1]));
            Assert.Equal("", Code().Replace(row[^1], "").Trim(',', ' '));
        });
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public void Each_test_it_names_is_there_and_is_run(string name)
    {
        Assert.Equal(2, name.Split('.').Length);
        var (type, method) = (name.Split('.')[0], name.Split('.')[1]);
        var declaration = new Regex($@"public (async Task|Task|void) {method}\(");

        // Two projects may have a class of one name, and a class more than one file.
        var files = SourceTree.Files("tests", $"/{type}.cs").ToList();
        var tests = files.Select(File.ReadAllLines).SelectMany(lines => lines.Select((line, at) => (line, at)).Where(l => declaration.IsMatch(l.line)).Select(l => Attributes(lines, l.at))).ToList();

        Assert.True(files.Count > 0, $"there is no {type}.cs");
        Assert.True(tests.Count > 0, $"{type} has no {method}");
        Assert.All(tests, attributes => Assert.Contains(attributes, a => Runs().IsMatch(a)));
    }

    /// <summary>The lines right above a method.</summary>
    private static List<string> Attributes(string[] lines, int at) => [.. lines.Take(at).Reverse().TakeWhile(line => line.Trim().Length > 0)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\s*\[\w*(Fact|Theory)\]")]
    private static partial Regex Runs();
}
