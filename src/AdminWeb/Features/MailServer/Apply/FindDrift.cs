namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>What somebody else did to a file of the mail server.</summary>
public enum DriftKind
{
    /// <summary>It was there before the panel's first apply.</summary>
    Foreign,

    /// <summary>It was put in place by an apply, and changed since.</summary>
    Changed,

    /// <summary>It was put in place by an apply, and is gone.</summary>
    Missing,
}

/// <param name="Path">In the tree.</param>
/// <param name="Place">On the host.</param>
/// <param name="Difference">As diff(1) tells it: from what was applied to what is there; for a foreign file, from what is there to what an apply would put in its place.</param>
public sealed record DriftedFile(string Path, string Place, DriftKind Kind, string Difference);

/// <summary>Looks for files that a person, another program or a package has changed since they were put in place.</summary>
internal sealed class FindDrift(Trees trees, Applied? applied, Differences differences)
{
    /// <param name="places">Of all files that are about to be put in place.</param>
    /// <param name="texts">What would be put there, by path.</param>
    public async Task<IReadOnlyList<DriftedFile>> RunAsync(IReadOnlyDictionary<string, string> places, IReadOnlyDictionary<string, string> texts, CancellationToken ct)
    {
        var rendered = trees.Rendered();
        var drifted = new List<DriftedFile>();
        foreach (var (path, place) in places)
        {
            if (KindOf(path, place, rendered) is { } kind) drifted.Add(new DriftedFile(path, place, kind, await DifferenceAsync(path, place, kind, rendered, texts, ct)));
        }
        return drifted;
    }

    /// <summary>Whether a place is a link into the tree that is in force.</summary>
    public static bool IsLinked(Trees trees, string path, string place) => new FileInfo(place).LinkTarget == trees.TargetOf(path);

    private DriftKind? KindOf(string path, string place, IReadOnlyDictionary<string, ManifestEntry> rendered)
    {
        var wasApplied = applied?.Places.GetValueOrDefault(path) == place;
        if (IsLinked(trees, path, place))
        {
            // What is compiled is in no manifest, nor is anything of a copy.
            if (!rendered.TryGetValue(path, out var entry)) return null;
            return !File.Exists(place) ? DriftKind.Missing : HasContents(place, entry) ? null : DriftKind.Changed;
        }
        // True for a link that leads nowhere, too.
        return !File.Exists(place) && !Directory.Exists(place) ? wasApplied ? DriftKind.Missing : null : wasApplied ? DriftKind.Changed : DriftKind.Foreign;
    }

    private async Task<string> DifferenceAsync(string path, string place, DriftKind kind, IReadOnlyDictionary<string, ManifestEntry> rendered, IReadOnlyDictionary<string, string> texts, CancellationToken ct)
    {
        if (kind == DriftKind.Missing || !IsReadable(place) || !texts.TryGetValue(path, out var text)) return "";
        if (kind == DriftKind.Foreign) return await differences.FromFileAsync(place, text, ct);

        // What was applied is still in the tree where its link was replaced; where the file in the tree was changed, what would be applied now is the nearest.
        var original = trees.TargetOf(path);
        return rendered.TryGetValue(path, out var entry) && IsReadable(original) && HasContents(original, entry)
            ? await differences.FromFileToFileAsync(original, place, ct)
            : await differences.FromTextAsync(text, place, ct);
    }

    private static bool HasContents(string path, ManifestEntry entry) => IsReadable(path) && Manifest.Sha256(File.ReadAllBytes(path)) == entry.Sha256;

    private static bool IsReadable(string path) => File.Exists(path) && (new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.Exists ?? true);
}
