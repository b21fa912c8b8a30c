using System.Text.RegularExpressions;
using AdminPanel.Tests.Unit.Conventions;
using Xunit;

namespace AdminPanel.Tests.Unit.Shared;

/// <summary>Colours stand in two lists with the same names, and nowhere else.</summary>
public sealed partial class LookTests
{
    private static readonly string Styles = Path.Combine(SourceTree.Root, "wwwroot", "css");

    [Fact]
    public void Light_and_dark_are_two_lists_of_the_same_names()
    {
        Assert.Equal(Names("theme-light.css"), Names("theme-dark.css"));
    }

    [Fact]
    public void Rules_name_no_colour_of_their_own()
    {
        Assert.Empty(Colour().Matches(File.ReadAllText(Path.Combine(Styles, "site.css"))).Select(m => m.Value));
    }

    [Fact]
    public void Every_variable_that_a_rule_uses_has_a_value()
    {
        var rules = File.ReadAllText(Path.Combine(Styles, "site.css"));
        var known = Names("theme-light.css").Concat(Defined().Matches(rules).Select(m => m.Groups[1].Value)).ToHashSet();

        // Bootstrap's own have values in Bootstrap.
        Assert.Empty(Used().Matches(rules).Select(m => m.Groups[1].Value).Where(v => !v.StartsWith("--bs-", StringComparison.Ordinal) && !known.Contains(v)).Distinct());
    }

    private static List<string> Names(string file) => [.. Defined().Matches(File.ReadAllText(Path.Combine(Styles, file))).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"(--[\w-]+)\s*:")]
    private static partial Regex Defined();

    [GeneratedRegex(@"var\((--[\w-]+)")]
    private static partial Regex Used();

    [GeneratedRegex(@"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|rgba?\(\s*\d|hsla?\(")]
    private static partial Regex Colour();
}
