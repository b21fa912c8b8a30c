using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AdminPanel.Web.Platform.MailRemoval;

/// <summary>The removal of one home. What cannot go does not hold up the rest; the first of it is named at the end.</summary>
internal sealed class HomeRemoval(string home)
{
    // Each level costs a descriptor and a piece of the stack: what lies deeper is moved to the top of the home first.
    private const int Deepest = 128;

    // A directory that changes under the reading may leave something out. Somebody who keeps on writing does not keep us for ever.
    private const int MostPasses = 1000;

    private SafeFileHandle? top;
    private long gone;
    private string? obstacle;

    /// <param name="parent">The directory that the home is in.</param>
    /// <exception cref="IOException">Something is left.</exception>
    public TreeRemoval Run(SafeFileHandle parent, byte[] name)
    {
        using (top = Posix.OpenDirectory(parent, name, Confinement.BeneathOnOneMount, out var error))
        {
            if (top is null) return MailTree.Refusal(home, error);

            if (Empty(top, name, 0)) Went(Posix.Unlink(parent, name, isDirectory: true), name);
        }
        return obstacle is null
            ? TreeRemoval.Removed
            : throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{gone} files and directories of {home} are gone; not {obstacle}."));
    }

    /// <returns>Whether nothing is left in it.</returns>
    private bool Empty(SafeFileHandle directory, byte[] name, int depth)
    {
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var error = Posix.Names(directory, out var entries);
            if (error == 0 && entries.Count == 0) return true;

            var allWent = Went(error, name);
            foreach (var entry in entries) allWent &= Remove(directory, entry, depth);
            if (!allWent) return false;
        }
        return Stays(name, "something is written into it all the time");
    }

    private bool Remove(SafeFileHandle directory, byte[] name, int depth)
    {
        var error = Posix.Unlink(directory, name, isDirectory: false);
        if (error != Posix.IsDirectory) return error == Posix.NotThere || Counted(error, name);
        if (depth == Deepest) return Went(Posix.Move(directory, name, top!, Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("n"))), name);

        using var below = Posix.OpenDirectory(directory, name, Confinement.BeneathOnOneMount, out error);
        if (below is null) return error == Posix.CrossesOut ? Stays(name, "something is mounted there") : Went(error, name);

        return Empty(below, name, depth + 1) && Counted(Posix.Unlink(directory, name, isDirectory: true), name);
    }

    private bool Counted(int error, byte[] name)
    {
        if (error == 0) gone++;
        return Went(error, name);
    }

    private bool Went(int error, byte[] name) => error is 0 or Posix.NotThere || Stays(name, Posix.Sentence(error));

    private bool Stays(byte[] name, string reason)
    {
        obstacle ??= $"{Encoding.UTF8.GetString(name)}: {reason}";
        return false;
    }
}
