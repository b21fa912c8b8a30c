using System.Diagnostics;

namespace AdminPanel.Tests.Support;

/// <summary>The tree of Debian 13 that tests/MailStack/debian-13 makes: its Postfix and Dovecot are run by chroot(8).</summary>
public static class Debian13Tree
{
    private static readonly string Script = Path.Combine(TrialInstance.Repository, "tests/MailStack/debian-13");
    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>Where it is; null where it was not made, or was made another way than the script makes it now.</summary>
    public static string? Directory => Found.Value;

    /// <summary>The sentence with the one command that repairs; null when all is there.</summary>
    public static string? Repair => Requirement.MailStack.Repair ?? (Directory is null ? $"There is no tree of Debian 13. Make it with: {Script}" : null);

    /// <inheritdoc cref="Requirement.SkipReason"/>
    public static string? SkipReason => Requirement.NothingMayBeSkipped ? null : Repair;

    private static string? Find()
    {
        using var script = Process.Start(new ProcessStartInfo(Script, ["--where"]) { RedirectStandardOutput = true })!;
        var directory = script.StandardOutput.ReadToEnd().Trim();
        script.WaitForExit();
        return script.ExitCode == 0 ? directory : null;
    }
}
