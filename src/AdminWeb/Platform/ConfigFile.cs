using System.Text;

namespace AdminPanel.Web.Platform;

/// <summary>
/// Puts a configuration file in place whole or not at all: a daemon that reads at any moment sees the old text or the
/// new one, never half of it, and no other account sees a secret in between.
/// </summary>
public static class ConfigFile
{
    /// <summary>For a file with secrets that a daemon's group reads.</summary>
    public const UnixFileMode GroupReads = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    /// <summary>For a file with secrets that its owner alone reads.</summary>
    public const UnixFileMode OwnerReads = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>For a file without secrets.</summary>
    public const UnixFileMode AllRead = GroupReads | UnixFileMode.OtherRead;

    private const UnixFileMode AllEnter = AllRead | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="IOException">The file cannot be written; the one that was there is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not write there; nothing is changed.</exception>
    public static void Write(string path, string text, UnixFileMode mode)
    {
        var temporary = path + ".new";
        // One that an interrupted run left behind may have another mode: CreateNew makes sure that the mode is ours.
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode };
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(Utf8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
        // UnixCreateMode is cut by the umask.
        File.SetUnixFileMode(temporary, mode);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Makes a directory that every account may enter, and those above it that are not there; one that is there stays as it is.</summary>
    public static void MakeDirectory(string path)
    {
        if (Directory.Exists(path)) return;
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent) MakeDirectory(parent);
        Directory.CreateDirectory(path);
        // What CreateDirectory gives is cut by the umask.
        File.SetUnixFileMode(path, AllEnter);
    }
}
