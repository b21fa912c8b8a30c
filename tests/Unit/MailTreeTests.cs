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

    [Fact]
    public void A_mount_point_is_refused()
    {
        using var tree = new MailTree("/");

        Assert.Equal(TreeRemoval.LeadsElsewhere, tree.Remove("proc"));
    }

    [Fact]
    public void A_file_that_has_another_name_outside_stays_there()
    {
        Link(Path.Combine(directory, "outside/precious"), Path.Combine(Root, "ab/cd/home/Maildir/cur/precious"));

        Assert.Equal(TreeRemoval.Removed, Remove("ab/cd/home"));

        Assert.Equal("x", File.ReadAllText(Path.Combine(directory, "outside/precious")));
    }

    /// <summary>Deeper than descriptors and stack would reach, and than a path may be long.</summary>
    [Fact]
    public void A_tree_of_any_depth_goes()
    {
        var chain = Path.Combine(Root, "ab/cd/chain");
        Write("mail/ab/cd/chain/mail");
        for (var i = 0; i < 5000; i++)
        {
            Directory.Move(chain, Path.Combine(directory, "below"));
            Directory.CreateDirectory(chain);
            Directory.Move(Path.Combine(directory, "below"), Path.Combine(chain, "d"));
        }

        Assert.Equal(TreeRemoval.Removed, Remove("ab/cd/chain"));

        Assert.False(Directory.Exists(chain));
    }

    /// <summary>The kernel looks at every step: no moment is left in which a directory may become a link.</summary>
    [Fact]
    public async Task A_directory_that_becomes_a_link_in_the_middle_leads_nowhere()
    {
        var (real, link, trap) = (Path.Combine(Root, "real"), Path.Combine(Root, "link"), Path.Combine(Root, "ab/cd/home/trap"));
        using var stop = new CancellationTokenSource();
        var attack = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Write("mail/real/x");
                Swap(real, trap);
                if (!Directory.Exists(link)) Directory.CreateSymbolicLink(link, Path.Combine(directory, "outside"));
                Swap(link, trap);
            }
        });

        for (var i = 0; i < 300; i++)
        {
            Write("mail/ab/cd/home/Maildir/cur/1");
            try
            {
                Remove("ab/cd/home");
            }
            catch (IOException)
            {
                // Something was put there behind us, and is told.
            }
        }
        await stop.CancelAsync();
        await attack;

        Assert.Equal("x", await File.ReadAllTextAsync(Path.Combine(directory, "outside/precious")));
        Assert.True(File.Exists(Path.Combine(Root, "ab/cd/other/Maildir/cur/3")));

        static void Swap(string from, string to)
        {
            try
            {
                Directory.Move(from, to);
                Directory.Move(to, from);
            }
            catch (IOException)
            {
                // The home is away, or what was there is.
            }
        }
    }

    private static void Link(string existing, string name)
    {
        using var ln = System.Diagnostics.Process.Start("ln", [existing, name]);
        ln.WaitForExit();
        Assert.Equal(0, ln.ExitCode);
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
