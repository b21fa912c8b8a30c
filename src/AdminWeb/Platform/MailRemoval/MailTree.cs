using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AdminPanel.Web.Platform.MailRemoval;

/// <summary>What became of a directory that was to go.</summary>
public enum TreeRemoval
{
    Removed,

    /// <summary>There was none, as after a removal that was interrupted at its end.</summary>
    Absent,

    /// <summary>A part of its path is a symbolic link, or leads out of the root. Nothing was touched.</summary>
    LeadsElsewhere,

    /// <summary>It is no directory. Nothing was touched.</summary>
    NoDirectory,
}

/// <summary>
/// Removes directories below one root, and nothing outside it. Every step is taken from the descriptor of the directory
/// before it by openat2(2) with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS: the kernel refuses a path that leads out, also
/// one that is changed while we walk. Symbolic links inside are removed, never followed.
/// </summary>
public sealed class MailTree : IDisposable
{
    private readonly SafeFileHandle root;

    /// <param name="path">An existing directory.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public MailTree(string path) =>
        root = Posix.OpenDirectory(Posix.CurrentDirectory, Encoding.UTF8.GetBytes(path), isConfined: false, out var error) ?? throw Fault($"open {path}", error);

    /// <param name="home">Relative to the root, one name at least, none of them "." or "..".</param>
    /// <exception cref="IOException">Something cannot be removed, as for want of rights; what went before stays gone.</exception>
    public TreeRemoval Remove(string home)
    {
        var names = home.Split('/');
        if (names.Any(n => n is "" or "." or ".." || n.Contains('\0', StringComparison.Ordinal))) return TreeRemoval.LeadsElsewhere;

        SafeFileHandle? above = null;
        try
        {
            var parent = root;
            if (names.Length > 1)
            {
                above = Posix.OpenDirectory(root, Encoding.UTF8.GetBytes(string.Join('/', names[..^1])), isConfined: true, out var error);
                if (above is null) return Refusal(home, error);
                parent = above;
            }
            return RemoveFrom(parent, Encoding.UTF8.GetBytes(names[^1]), home);
        }
        finally
        {
            above?.Dispose();
        }
    }

    public void Dispose() => root.Dispose();

    private static TreeRemoval RemoveFrom(SafeFileHandle parent, byte[] name, string home)
    {
        using (var directory = Posix.OpenDirectory(parent, name, isConfined: true, out var error))
        {
            if (directory is null) return Refusal(home, error);

            Empty(directory, home);
        }
        if (Posix.Unlink(parent, name, isDirectory: true) is var failed and not (0 or Posix.NotThere)) throw Fault($"remove {home}", failed);

        return TreeRemoval.Removed;
    }

    private static void Empty(SafeFileHandle directory, string home)
    {
        // A directory that changes under the reading may leave something out: again, until a pass finds nothing.
        while (Posix.Names(directory) is { Count: > 0 } names)
        {
            foreach (var name in names)
            {
                var error = Posix.Unlink(directory, name, isDirectory: false);
                if (error is 0 or Posix.NotThere) continue;
                if (error is not (Posix.IsDirectory or Posix.NotPermitted)) throw Fault($"remove from {home}", error);

                var outcome = RemoveFrom(directory, name, home);
                if (outcome is not (TreeRemoval.Removed or TreeRemoval.Absent)) throw new IOException($"A part of {home} cannot be removed.");
            }
        }
    }

    private static TreeRemoval Refusal(string home, int error) => error switch
    {
        Posix.NotThere => TreeRemoval.Absent,
        Posix.Loop or Posix.CrossesOut => TreeRemoval.LeadsElsewhere,
        Posix.NoDirectory => TreeRemoval.NoDirectory,
        _ => throw Fault($"open {home}", error),
    };

    private static IOException Fault(string what, int error) => new($"Cannot {what}: {Marshal.GetPInvokeErrorMessage(error)}.");
}
