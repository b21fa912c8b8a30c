using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>The directory of OpenDKIM's socket, which Postfix alone may enter beside it.</summary>
internal static class SignerSocket
{
    // A socket takes the group of a directory with the set-group-id bit (inode(7)); OpenDKIM could not give it away.
    private const UnixFileMode OwnerWritesGroupEnters =
        UnixFileMode.SetGroup | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>Makes it, where it is not there, and says whose it is.</summary>
    /// <exception cref="ProgramException">OpenDKIM is not installed.</exception>
    public static async Task PrepareAsync(MailServerSettings settings, CancellationToken ct)
    {
        var account = settings.Paths.OpenDkimAccount;
        if (Programs.Find("opendkim") is null) throw new ProgramException("OpenDKIM is not installed: apt install opendkim.");

        var directory = OpenDkim.SocketDirectory(settings);
        ConfigFile.MakeDirectory(directory);
        await Programs.DemandAsync("chown", ["--", $"{account}:postfix", directory], ct);
        // After chown(2), which takes the bit away.
        File.SetUnixFileMode(directory, OwnerWritesGroupEnters);
    }
}
