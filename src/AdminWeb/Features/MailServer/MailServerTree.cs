using AdminPanel.Data;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>What the mail server's files are rendered from now: the settings as they are chosen, the daemons' versions, the templates.</summary>
public sealed class MailServerTree(ServerSettings serverSettings, InstalledDaemons daemons, AdminDb db)
{
    /// <summary>Where the templates are: beside the program, not in the directory that a command was started from.</summary>
    private static readonly string TemplateDirectory = Path.Combine(AppContext.BaseDirectory, "sql-maps");

    /// <param name="Overrides">Settings given with the command, by key: they win over the configuration and the settings table.</param>
    /// <param name="Dovecot">The version to render for; null: the one that is installed.</param>
    /// <param name="Postfix">Likewise.</param>
    public sealed record Input(IReadOnlyDictionary<string, string> Overrides, string? Dovecot = null, string? Postfix = null)
    {
        /// <summary>The settings as they are chosen, for the daemons that are installed.</summary>
        public static readonly Input AsChosen = new(new Dictionary<string, string>());
    }

    /// <param name="Settings">Checked; another tree may be rendered from them with other directories.</param>
    /// <param name="Signing">The domains whose mail is signed; none where nothing signs.</param>
    public sealed record Source(MailServerSettings Settings, DaemonVersions Versions, IReadOnlyDictionary<string, string> Templates, IReadOnlyList<SigningDomain> Signing)
    {
        public IReadOnlyList<RenderedFile> Render() => RenderedTree.Render(Settings, Versions, Templates, Signing);
    }

    /// <returns>The source, or every setting that is refused.</returns>
    public async Task<Outcome<Source>> ReadAsync(Input input, CancellationToken ct)
    {
        var problems = input.Overrides.Keys.Select(RefuseOverride).OfType<Problem>().Concat(serverSettings.Misplaced()).ToList();
        if (problems.Count > 0) return Outcome.Refused<Source>(problems);

        var read = MailServerSettings.Read(await serverSettings.ReadAsync(ct, input.Overrides));
        if (read is Outcome<MailServerSettings>.Refused refused) return Outcome.Refused<Source>(refused.Problems);

        var settings = ((Outcome<MailServerSettings>.Done)read).Value;
        if (await serverSettings.DomainProblemAsync(settings.HostName, ct) is { } problem) return Outcome.Refused<Source>(problem);
        if (await serverSettings.DelimiterProblemAsync(settings.RecipientDelimiter, ct) is { } cut) return Outcome.Refused<Source>(cut);

        var found = await daemons.FindAsync(input.Dovecot, input.Postfix, ct);
        if (found is Outcome<DaemonVersions>.Refused unknown) return Outcome.Refused<Source>(unknown.Problems);

        var versions = ((Outcome<DaemonVersions>.Done)found).Value;
        return Outcome.Done(new Source(settings, versions, await ReadTemplatesAsync(versions, ct), await SigningDomain.AllAsync(db, settings.Signer, ct)));
    }

    /// <exception cref="IOException">A file cannot be written; those before it are in place, each of them whole.</exception>
    public static void Write(string directory, IReadOnlyList<RenderedFile> files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(directory, file.Path);
            ConfigFile.MakeDirectory(Path.GetDirectoryName(path)!);
            ConfigFile.Write(path, file.Text, file.Mode);
            Age(path);
        }
    }

    /// <summary>
    /// Makes a file that is on the disk look some seconds old. Postfix reads a main.cf again, with pauses, as long as it
    /// was written to within the last second, so that each of its dozens of programs would wait.
    /// </summary>
    public static void Age(string path) => File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path) - TimeSpan.FromSeconds(10));

    private static Problem? RefuseOverride(string key) => SettingCatalogue.Find(key) switch
    {
        null => new Problem(key, "SettingUnknown", key),
        { IsInTableAlone: true } => new Problem(key, "SettingOfTable", key),
        { Source: SettingSource.Secret } => new Problem(key, "SettingIsSecret", key, ServerSettings.VariableOf(key)),
        _ => null,
    };

    private static async Task<Dictionary<string, string>> ReadTemplatesAsync(DaemonVersions versions, CancellationToken ct)
    {
        var templates = new Dictionary<string, string>();
        foreach (var path in RenderedTree.Templates(versions)) templates[path] = await File.ReadAllTextAsync(Path.Combine(TemplateDirectory, path), ct);
        return templates;
    }
}
