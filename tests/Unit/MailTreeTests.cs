using AdminPanel.Web.Platform.MailRemoval;
using Xunit;

namespace AdminPanel.Tests.Unit;

/// <summary>
/// Somebody who may write below the mail root tries to have other files removed: by links in the path, in the tree and
/// in place of the home. What lies outside the root, and what is not named, stays.
/// </summary>
public sealed class MailTreeTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("mail-tree-").FullName;

    private string Root => Path.Combine(directory, "mail");

    public MailTreeTests()
    {
        Write("mail/ab/cd/home/Maildir/cur/1");
        Write("mail/ab/cd/home/Maildir/.Folder \\ 'ü'/new/2");
        Write("mail/ab/cd/other/Maildir/cur/3");
        Write("outside/precious");
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void A_home_goes_with_all_that_is_in_it_and_nothing_beside_it()
    {
        Assert.Equal(TreeRemoval.Removed, Remove("ab/cd/home"));

        Assert.Equal(["mail/ab/cd/other/Maildir/cur/3", "outside/precious"], Files());
        Assert.False(Directory.Exists(Path.Combine(Root, "ab/cd/home")));
        Assert.Equal(TreeRemoval.Absent, Remove("ab/cd/home"));
        Assert.Equal(TreeRemoval.Absent, Remove("no/such/home"));
    }

    [Fact]
    public void A_link_in_the_tree_goes_and_what_it_leads_to_stays()
    {
        Directory.CreateSymbolicLink(Path.Combine(Root, "ab/cd/home/Maildir/.link"), Path.Combine(directory, "outside"));
        File.CreateSymbolicLink(Path.Combine(Root, "ab/cd/home/file"), Path.Combine(directory, "outside/precious"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "ab/cd/home/neighbour"), "../other");

        Assert.Equal(TreeRemoval.Removed, Remove("ab/cd/home"));

        Assert.Equal(["mail/ab/cd/other/Maildir/cur/3", "outside/precious"], Files());
    }

    [Theory]
    [InlineData("ab/cd/link", "../../../outside")]
    [InlineData("ab/cd/link", "other")]
    [InlineData("ab/link/home", "cd")]
    [InlineData("link/cd/home", "ab")]
    public void A_home_that_a_link_leads_to_is_refused(string home, string target)
    {
        var link = home.Split('/').TakeWhile(n => n != "link").Append("link");
        Directory.CreateSymbolicLink(Path.Combine([Root, .. link]), target);
        var before = Files();

        Assert.Equal(TreeRemoval.LeadsElsewhere, Remove(home));

        Assert.Equal(before, Files());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("/")]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("ab/../../outside")]
    [InlineData("ab/cd/home/..")]
    [InlineData("ab/cd/home/.")]
    [InlineData("ab//cd")]
    [InlineData("/etc")]
    [InlineData("ab/cd/home\0/x")]
    public void The_root_itself_and_what_is_not_below_it_are_refused(string home)
    {
        var before = Files();

        Assert.Equal(TreeRemoval.LeadsElsewhere, Remove(home));

        Assert.Equal(before, Files());
    }

    [Fact]
    public void A_file_in_place_of_a_home_is_refused()
    {
        Write("mail/ab/cd/file");

        Assert.Equal(TreeRemoval.NoDirectory, Remove("ab/cd/file"));
        Assert.True(File.Exists(Path.Combine(Root, "ab/cd/file")));
    }

    private TreeRemoval Remove(string home)
    {
        using var tree = new MailTree(Root);
        return tree.Remove(home);
    }

    private List<string> Files() => [.. Directory.EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        .Select(f => Path.GetRelativePath(directory, f)).Order(StringComparer.Ordinal)];

    private void Write(string path)
    {
        var file = Path.Combine(directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "x");
    }
}
