namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>Where each rendered file is on a host: a link there leads into the tree that is in force.</summary>
internal static class Places
{
    private const string Script = ".sieve";
    private const string Compiled = ".svbin";

    /// <summary>Of all files that a daemon reads, by their path in the tree.</summary>
    public static SortedDictionary<string, string> Of(MailServerSettings settings, IEnumerable<RenderedFile> files)
    {
        var places = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in files.SelectMany(file => WithCompiled(file.Path)))
        {
            if (DirectoryOf(settings, path.Split('/')[0]) is { } directory) places[path] = Path.Combine(directory, path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        }
        return places;
    }

    /// <summary>What Dovecot makes of a script, once, before it is put in place: its processes may only read there.</summary>
    public static string CompiledOf(string script) => Path.ChangeExtension(script, Compiled);

    public static bool IsScript(string path) => path.EndsWith(Script, StringComparison.Ordinal);

    private static string[] WithCompiled(string path) => IsScript(path) ? [path, CompiledOf(path)] : [path];

    // manifest.json and grants.sql stay in the tree.
    private static string? DirectoryOf(MailServerSettings settings, string folder) => folder switch
    {
        "postfix" => settings.PostfixDirectory,
        "dovecot" => settings.DovecotDirectory,
        "rspamd" => settings.RspamdDirectory,
        "opendkim" => settings.OpenDkimDirectory,
        "redis" => settings.RedisDirectory,
        _ => null,
    };
}
