using System.Globalization;
using System.Text;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>
/// The trees that an apply has made, each complete and never changed, and the link "current" that says which one is in
/// force. Switching renames that one link: whoever opens a file sees the old tree or the new one.
/// </summary>
internal sealed class Trees(string directory)
{
    /// <summary>So many that were in force are kept beside the one that is.</summary>
    private const int Kept = 5;

    private const string BeforeSuffix = "-before";

    private string Root => Path.Combine(directory, "trees");

    /// <summary>The link that everything in the daemons' directories leads through.</summary>
    public string Current => Path.Combine(directory, "current");

    /// <summary>The tree that is in force; null before the first apply.</summary>
    public string? CurrentName => new FileInfo(Current).LinkTarget is { } target ? Path.GetFileName(target) : null;

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>What the link of a file says.</summary>
    public string TargetOf(string path) => Path.Combine(Current, path);

    /// <summary>Whether it is a copy of what stood there before an apply, and not rendered.</summary>
    public static bool IsBefore(string name) => name.EndsWith(BeforeSuffix, StringComparison.Ordinal);

    /// <summary>What was rendered of the tree in force, by path; nothing where there is none, or it is a copy of what stood there before.</summary>
    public IReadOnlyDictionary<string, ManifestEntry> Rendered() =>
        File.Exists(TargetOf(Manifest.Name)) ? Manifest.Read(File.ReadAllText(TargetOf(Manifest.Name))) : new Dictionary<string, ManifestEntry>();

    /// <summary>Writes a new tree, whole, on the disk, and with the owners that its files must have; nothing leads there yet.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="IOException">It cannot be written; nothing of it is left.</exception>
    public async Task<string> StageAsync(IReadOnlyList<RenderedFile> files, CancellationToken ct)
    {
        var name = NextName("");
        await MakeAsync(name, async at =>
        {
            MailServerTree.Write(at, files);
            foreach (var group in files.GroupBy(file => file.Owner).Where(group => group.Key != "root:root"))
                await Programs.DemandAsync("chown", ["--", group.Key, .. group.Select(file => Path.Combine(at, file.Path))], ct);
            foreach (var script in files.Where(file => Places.IsScript(file.Path)))
                await Programs.DemandAsync("sievec", ["-c", Path.Combine(at, "dovecot", "dovecot.conf"), Path.Combine(at, script.Path)], ct);
        }, ct);
        return name;
    }

    /// <summary>Copies what stands in the places now, whoever put it there, with its owners and modes.</summary>
    /// <returns>The copy's name.</returns>
    public async Task<string> CopyAsync(IReadOnlyDictionary<string, string> places, CancellationToken ct)
    {
        var name = NextName(BeforeSuffix);
        await MakeAsync(name, async at =>
        {
            foreach (var (path, place) in places.Where(place => File.Exists(place.Value)))
            {
                ConfigFile.MakeDirectory(Path.GetDirectoryName(Path.Combine(at, path))!);
                await Programs.DemandAsync("cp", ["--dereference", "--preserve=all", "--", place, Path.Combine(at, path)], ct);
            }
        }, ct);
        return name;
    }

    /// <param name="name">Null: none, as before the first apply.</param>
    public void Switch(string? name)
    {
        if (name is null) File.Delete(Current);
        else Link(Current, Path.Combine("trees", name));
    }

    /// <summary>Makes a link where there is none, another one, or a file, in one step.</summary>
    public static void Link(string place, string target)
    {
        var temporary = TemporaryOf(place);
        File.Delete(temporary);
        File.CreateSymbolicLink(temporary, target);
        // File.Move takes no link to a directory.
        var error = Posix.Move(Posix.CurrentDirectory, Encoding.UTF8.GetBytes(temporary), Posix.CurrentDirectory, Encoding.UTF8.GetBytes(place));
        if (error != 0) throw new IOException($"{place} cannot be made a link: {Posix.Sentence(error)}.");
    }

    /// <summary>What a link, or a file that is put back, is called until it is whole; an apply that was killed leaves it behind.</summary>
    public static string TemporaryOf(string place) => place + ".new";

    public bool IsEmpty(string name) => !Directory.Exists(PathOf(name)) || !Directory.EnumerateFiles(PathOf(name), "*", SearchOption.AllDirectories).Any();

    public void Remove(string name)
    {
        if (Directory.Exists(PathOf(name))) Directory.Delete(PathOf(name), recursive: true);
    }

    /// <summary>Removes trees of long ago, and what an interrupted apply has left; what other people wrote is kept.</summary>
    public void Prune()
    {
        var old = Directory.GetDirectories(Root).Select(path => Path.GetFileName(path)!).Where(name => name != CurrentName).OrderDescending(StringComparer.Ordinal).ToList();
        foreach (var name in old.Where(name => !IsBefore(name)).Skip(Kept).Concat(old.Where(IsUnfinished))) Remove(name);
    }

    private static bool IsUnfinished(string name) => name.EndsWith(".new", StringComparison.Ordinal);

    private async Task MakeAsync(string name, Func<string, Task> fill, CancellationToken ct)
    {
        var unfinished = PathOf(name) + ".new";
        ConfigFile.MakeDirectory(Root);
        try
        {
            ConfigFile.MakeDirectory(unfinished);
            await fill(unfinished);
            Directory.Move(unfinished, PathOf(name));
            // Before a link leads there: after a loss of power there would be a name without contents.
            await Programs.DemandAsync("sync", ["--file-system", PathOf(name)], ct);
        }
        catch
        {
            foreach (var path in (string[])[unfinished, PathOf(name)]) if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            throw;
        }
    }

    private string NextName(string suffix)
    {
        var last = Directory.Exists(Root) ? Directory.GetDirectories(Root).Select(path => Number(Path.GetFileName(path)!)).DefaultIfEmpty().Max() : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{last + 1:000000}{suffix}");
    }

    private static int Number(string name) => int.TryParse(name.Split('-', '.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
