using System.Text.RegularExpressions;
using Xunit;

namespace AdminPanel.Tests.Unit.Conventions;

/// <summary>A feature is a folder: what two features need stands in Shared, not in the other one's pages.</summary>
public sealed partial class FeatureTests
{
    [Fact]
    public void No_feature_uses_another_features_pages()
    {
        var withPages = SourceTree.Files("src/AdminWeb/Features", ".cshtml.cs").Select(FeatureOf).ToHashSet(StringComparer.Ordinal);

        var uses = from path in SourceTree.Files("src/AdminWeb/Features", ".cs", ".cshtml")
                   from Match match in PageModelOfFeature().Matches(File.ReadAllText(path))
                   let other = match.Groups["feature"].Value
                   where other != FeatureOf(path) && withPages.Contains(other)
                   select $"{Path.GetRelativePath(SourceTree.Root, path)} uses {match.Value}";

        Assert.Empty(uses);
    }

    [Fact]
    public void No_view_carries_a_style_or_a_script_that_the_security_policy_would_block()
    {
        var blocked = from path in SourceTree.Files("src/AdminWeb/Features", ".cshtml")
                      from Match match in InlineCode().Matches(File.ReadAllText(path))
                      select $"{Path.GetRelativePath(SourceTree.Root, path)}: {match.Value}";

        Assert.Empty(blocked);
    }

    private static string FeatureOf(string path) =>
        Path.GetRelativePath(Path.Combine(SourceTree.Root, "src/AdminWeb/Features"), path).Split('/')[0];

    [GeneratedRegex(@"Features\.(?<feature>\w+)\.(\w+\.)*\w*(?:Model|Page)\b")]
    private static partial Regex PageModelOfFeature();

    [GeneratedRegex("""\sstyle="|\son[a-z]+="|<style|<script(?![^>]*\ssrc=)""")]
    private static partial Regex InlineCode();
}
