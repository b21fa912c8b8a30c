using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AdminPanel.Web.Platform.MailRemoval;

/// <summary>What became of a directory that was to go.</summary>
public enum TreeRemoval
{
    Removed,

    /// <summary>There was none, as after a removal that was interrupted at its end.</summary>
    Absent,

    /// <summary>A part of its path is a symbolic link or leads out of the root, or it is a mount point. Nothing was touched.</summary>
    LeadsElsewhere,

    /// <summary>It is no directory. Nothing was touched.</summary>
    NoDirectory,
}

/// <summary>
/// Removes directories below one root, and nothing outside it. Every step is taken from the descriptor of the directory
/// before it by openat2(2) with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS: the kernel refuses a path that leads out, also
/// one that is changed while we walk. Symbolic links inside are removed, never followed; what is mounted inside stays.
/// </summary>
public sealed class MailTree : IDisposable
{
    private readonly SafeFileHandle root;

    /// <param name="path">An existing directory.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public MailTree(string path) =>
        root = Posix.OpenDirectory(Posix.CurrentDirectory, Encoding.UTF8.GetBytes(path), Confinement.None, out var error)
            ?? throw new IOException($"Cannot open the mail root {path}: {Posix.Sentence(error)}.");

    /// <param name="home">Relative to the root, one name at least, none of them "." or "..".</param>
    /// <exception cref="IOException">Something cannot be removed, as for want of rights. All else is gone, and the message says how much.</exception>
    public TreeRemoval Remove(string home)
    {
        var names = home.Split('/');
        if (names.Any(n => n is "" or "." or ".." || n.Contains('\0', StringComparison.Ordinal))) return TreeRemoval.LeadsElsewhere;

        var name = Encoding.UTF8.GetBytes(names[^1]);
        if (names.Length == 1) return new HomeRemoval(home).Run(root, name);

        // The way to a home may cross mount points: mail is spread over several disks so.
        using var above = Posix.OpenDirectory(root, Encoding.UTF8.GetBytes(string.Join('/', names[..^1])), Confinement.Beneath, out var error);
        return above is null ? Refusal(home, error) : new HomeRemoval(home).Run(above, name);
    }

    public void Dispose() => root.Dispose();

    /// <summary>What it means that a home, or the way to it, cannot be opened.</summary>
    /// <exception cref="IOException">It is neither absent nor elsewhere.</exception>
    internal static TreeRemoval Refusal(string home, int error) => error switch
    {
        Posix.NotThere => TreeRemoval.Absent,
        Posix.Loop or Posix.CrossesOut => TreeRemoval.LeadsElsewhere,
        Posix.NoDirectory => TreeRemoval.NoDirectory,
        _ => throw new IOException($"Cannot open {home}: {Posix.Sentence(error)}."),
    };
}
