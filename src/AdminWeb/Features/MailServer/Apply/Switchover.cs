using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>
/// Puts a tree in force and takes that back. Every step is written down before it is done, and each may be interrupted:
/// at any moment the files that a daemon would read are all of before, or all of the new tree.
/// </summary>
internal sealed class Switchover(string directory, Trees trees)
{
    /// <summary>Makes links of all places, puts the new tree in force and tells the daemons.</summary>
    /// <param name="proves">Whether the daemons work with it; throws where they do not.</param>
    /// <exception cref="Exception">Whatever a step threw, after everything was put back.</exception>
    public async Task RunAsync(Journal journal, Func<double, Task> proves, CancellationToken ct)
    {
        journal.Write(directory);
        try
        {
            if (journal.Before != journal.From) trees.Switch(journal.Before);
            foreach (var (path, place) in journal.Links)
            {
                ConfigFile.MakeDirectory(Path.GetDirectoryName(place)!);
                Trees.Link(place, trees.TargetOf(path));
            }
            journal = journal with { Stage = ApplyStage.Switching };
            journal.Write(directory);
            foreach (var step in journal.Daemons.Reverse().Where(step => step.Restarts && step.WasRunning)) await step.Old.StopAsync(ct);
            trees.Switch(journal.To);
            var since = ServingProcess.Now;
            foreach (var step in journal.Daemons) await (step.Restarts || !step.WasRunning ? step.New.StartAsync(ct) : step.New.ReloadAsync(ct));
            await proves(since);
            journal = journal with { Stage = ApplyStage.Proven };
            journal.Write(directory);
        }
        catch
        {
            await UndoAsync(journal, CancellationToken.None);
            throw;
        }
        Finish(journal);
    }

    /// <summary>Finishes or takes back what an interrupted apply has begun.</summary>
    /// <returns>Whether there was something.</returns>
    public async Task<bool> RecoverAsync(CancellationToken ct)
    {
        if (Journal.Read(directory) is not { } journal) return false;

        if (journal.Stage == ApplyStage.Proven) Finish(journal);
        else await UndoAsync(journal, ct);
        return true;
    }

    // What cannot be told of a daemon does not keep its files from being put back.
    private async Task UndoAsync(Journal journal, CancellationToken ct)
    {
        var faults = new List<string>();
        if (journal.Stage == ApplyStage.Switching)
        {
            // Those of an earlier start of the machine know nothing of it, and are not started yet.
            var told = journal.Boot == Journal.ThisBoot ? journal.Daemons : [];
            foreach (var step in told.Reverse().Where(step => step.Restarts || !step.WasRunning)) await TryAsync(() => step.New.StopAsync(ct));
            trees.Switch(journal.Before);
            // One that could not bear the new files has ended: Postfix does where it cannot listen on a port.
            foreach (var step in told.Where(step => step.WasRunning)) await TryAsync(() => step.Old.IsRunning ? step.Old.ReloadAsync(ct) : step.Old.StartAsync(ct));
        }
        foreach (var (path, place) in journal.Links)
        {
            if (FindDrift.IsLinked(trees, path, place)) await RestoreAsync(Path.Combine(trees.PathOf(journal.Before), path), place, ct);
            File.Delete(Trees.TemporaryOf(place));
        }
        if (journal.Before != journal.From)
        {
            trees.Switch(journal.From);
            trees.Remove(journal.Before);
        }
        if (journal.To != journal.From) trees.Remove(journal.To);
        Journal.Remove(directory);
        if (faults.Count > 0) throw new ProgramException($"The files are as they were, but: {string.Join(' ', faults)}");

        async Task TryAsync(Func<Task> tell)
        {
            try
            {
                await tell();
            }
            catch (ProgramException e)
            {
                faults.Add(e.Message);
            }
        }
    }

    private void Finish(Journal journal)
    {
        var former = Applied.Read(directory)?.Places ?? new Dictionary<string, string>();
        journal.Done.Write(directory);
        // Only what is our link: where somebody has put a file since, it is theirs.
        foreach (var (path, place) in former.Where(link => journal.Done.Places.GetValueOrDefault(link.Key) != link.Value && FindDrift.IsLinked(trees, link.Key, link.Value))) File.Delete(place);
        // A copy of nothing: there was no file of anybody.
        if (journal.Before != journal.From && trees.IsEmpty(journal.Before)) trees.Remove(journal.Before);
        trees.Prune();
        Journal.Remove(directory);
    }

    private static async Task RestoreAsync(string original, string place, CancellationToken ct)
    {
        if (!File.Exists(original))
        {
            File.Delete(place);
            return;
        }
        await Programs.DemandAsync("cp", ["--preserve=all", "--", original, Trees.TemporaryOf(place)], ct);
        File.Move(Trees.TemporaryOf(place), place, overwrite: true);
    }
}
