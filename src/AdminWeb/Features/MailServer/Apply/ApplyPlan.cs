using AdminPanel.Web.Features.Dkim;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <param name="Path">In the tree.</param>
/// <param name="Difference">As diff(1) tells it, without passwords; empty for a file that is new or gone.</param>
public sealed record FileChange(string Path, string Difference);

/// <summary>What an apply has to do: the tree that is in force beside the one that would be.</summary>
/// <param name="Places">Of all files of the new tree, by path.</param>
/// <param name="Changes">From the tree in force.</param>
/// <param name="Drift">What somebody else has changed there.</param>
/// <param name="Steps">The daemons to tell.</param>
internal sealed record ApplyPlan(
    MailServerTree.Source Source, IReadOnlyList<RenderedFile> Files, IReadOnlyDictionary<string, string> Places, IReadOnlyList<FileChange> Changes, IReadOnlyList<DriftedFile> Drift,
    string Certificate, bool IsCertificateNew, IReadOnlyList<DaemonStep> Steps, IReadOnlyList<RestartReason> Restarts)
{
    /// <summary>Whether the files, or what they name, are others than those in force.</summary>
    public bool HasNews => Changes.Count > 0 || Drift.Count > 0 || IsCertificateNew || Steps.Count > 0;

    public static async Task<ApplyPlan> MakeAsync(MailServerTree.Source source, Trees trees, Applied? applied, CancellationToken ct)
    {
        var files = source.Render();
        var texts = files.ToDictionary(file => file.Path, file => file.Text, StringComparer.Ordinal);
        var places = Apply.Places.Of(source.Settings, files);
        var differences = new Differences(source.Settings);
        var drift = await new FindDrift(trees, applied, differences).RunAsync(places, texts, ct);
        var before = trees.Rendered();
        var changes = await ChangesAsync(trees, before, texts, differences, ct);
        var certificate = Manifest.Sha256([.. await File.ReadAllBytesAsync(source.Settings.TlsCertificate, ct), .. await File.ReadAllBytesAsync(source.Settings.TlsKey, ct)]);
        var isCertificateNew = applied is not null && applied.Certificate != certificate;

        var changed = changes.Select(change => change.Path).Concat(drift.Select(file => file.Path)).Select(path => path.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        if (OpenKeys.Missing(source.Settings, source.Signing).Any()) changed.Add(source.Settings.Signer == Signer.OpenDkim ? "opendkim" : "rspamd");
        if (isCertificateNew) changed.UnionWith(["postfix", "dovecot"]);
        var (steps, restarts) = (new List<DaemonStep>(), new List<RestartReason>());
        foreach (var daemon in Daemon.Of(source.Settings, texts.Keys))
        {
            var old = applied?.Daemons.FirstOrDefault(known => known.Name == daemon.Name) ?? daemon;
            if (old.IsRunning && !changed.Contains(daemon.Folder)) continue;

            var isOurs = applied is not null && before.Keys.Any(path => path.StartsWith(daemon.Folder + "/", StringComparison.Ordinal));
            List<RestartReason> reasons = !old.IsRunning ? [] : !isOurs ? [new RestartReason(daemon.Name, null)]
                : [.. Apply.Restarts.Of(daemon, path => Existing(trees.TargetOf(path)), texts.GetValueOrDefault)];
            restarts.AddRange(reasons);
            steps.Add(new DaemonStep(old, daemon, old.IsRunning, reasons.Count > 0));
        }
        return new ApplyPlan(source, files, places, changes, drift, certificate, isCertificateNew, steps, restarts);
    }

    private static async Task<IReadOnlyList<FileChange>> ChangesAsync(
        Trees trees, IReadOnlyDictionary<string, ManifestEntry> before, Dictionary<string, string> texts, Differences differences, CancellationToken ct)
    {
        var changes = new List<FileChange>();
        foreach (var path in before.Keys.Union(texts.Keys).Where(path => path != Manifest.Name).Order(StringComparer.Ordinal))
        {
            var isSame = before.TryGetValue(path, out var entry) && texts.TryGetValue(path, out var text) && entry.Sha256 == Manifest.Sha256(System.Text.Encoding.UTF8.GetBytes(text));
            if (isSame) continue;

            var has = entry is not null && texts.ContainsKey(path) && File.Exists(trees.TargetOf(path));
            changes.Add(new FileChange(path, has ? await differences.FromFileAsync(trees.TargetOf(path), texts[path], ct) : ""));
        }
        return changes;
    }

    private static string? Existing(string path) => File.Exists(path) ? File.ReadAllText(path) : null;
}
