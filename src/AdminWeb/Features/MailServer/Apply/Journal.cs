namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>How far an apply has come.</summary>
internal enum ApplyStage
{
    /// <summary>Links are put where files were; they lead to copies of these.</summary>
    Linking,

    /// <summary>The new tree is put in force and the daemons are told. Until it is proven, it is undone.</summary>
    Switching,

    /// <summary>The daemons work with the new tree: what is left is written down.</summary>
    Proven,
}

/// <summary>A daemon that an apply tells of the new files.</summary>
/// <param name="Old">As it was told to run before.</param>
/// <param name="New">As it is told to run by the new tree.</param>
/// <param name="WasRunning">Before the apply.</param>
/// <param name="Restarts">It is stopped before the switch and started after it; else it rereads its files.</param>
internal sealed record DaemonStep(Daemon Old, Daemon New, bool WasRunning, bool Restarts);

/// <summary>
/// What an apply is about to do, written to the disk before it does it: whoever comes after an apply that did not end
/// finishes it or takes it back.
/// </summary>
/// <param name="From">The tree that was in force; null: none.</param>
/// <param name="Before">The tree to go back to, which has what stood in all places: the same, or a copy.</param>
/// <param name="To">The new tree.</param>
/// <param name="Links">Places that were no links before, by path.</param>
/// <param name="Boot">Of the machine: daemons that were told something before it started anew know nothing of it.</param>
internal sealed record Journal(
    ApplyStage Stage, string? From, string Before, string To, IReadOnlyDictionary<string, string> Links, IReadOnlyList<DaemonStep> Daemons, string Boot, Applied Done)
{
    private const string Name = "apply.journal";

    public static Journal? Read(string directory) => StateFile.Read<Journal>(PathIn(directory));

    public void Write(string directory) => StateFile.Write(PathIn(directory), this);

    public static void Remove(string directory) => File.Delete(PathIn(directory));

    /// <summary>A name of the time since the machine was started (random(4)).</summary>
    public static string ThisBoot => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    private static string PathIn(string directory) => Path.Combine(directory, Name);
}
