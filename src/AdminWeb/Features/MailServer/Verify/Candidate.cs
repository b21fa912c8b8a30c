using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Verify;

/// <summary>
/// A rendered tree in a private directory of its own, where the programs that will read it can try it: the same files but
/// for the directories that a daemon writes to, so that nothing of the running server is touched.
/// </summary>
internal sealed class Candidate : IDisposable
{
    private const UnixFileMode Traversable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly string directory;

    /// <exception cref="IOException">It cannot be written.</exception>
    public Candidate(MailServerTree.Source source)
    {
        directory = Directory.CreateTempSubdirectory("panel-verify-").FullName;
        // Dovecot's processes enter it as accounts of their own; they know its name, and nobody else can list it.
        File.SetUnixFileMode(directory, Traversable);
        try
        {
            foreach (var name in (string[])["queue", "data", "run", "state", "log"]) Directory.CreateDirectory(Path.Combine(directory, name), Traversable);
            Tree = source with { Settings = Inside(source.Settings) };
            MailServerTree.Write(directory, Tree.Render());
            // Otherwise postfix(1) complains into that file and not to us.
            File.WriteAllText(MainCf, File.ReadAllText(MainCf).Replace($"maillog_file = {directory}/log/postfix.log\n", "maillog_file =\n", StringComparison.Ordinal));
            MailServerTree.Age(MainCf);
        }
        catch
        {
            // What is there of it holds the daemons' passwords.
            Dispose();
            throw;
        }
    }

    /// <summary>The same settings but for the directories.</summary>
    public MailServerTree.Source Tree { get; }

    public string Postfix => Path.Combine(directory, "postfix");

    /// <summary>The rendered lookup tables of Postfix, by name.</summary>
    public IEnumerable<string> Tables => Directory.EnumerateFiles(Path.Combine(Postfix, "sql"), "*.cf").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public string TableFile(string table) => Path.Combine(Postfix, "sql", table + ".cf");

    public string Dovecot => Path.Combine(directory, "dovecot", "dovecot.conf");

    /// <summary>What Rspamd takes as its local configuration.</summary>
    public string Rspamd => Path.Combine(directory, "rspamd");

    /// <summary>What OpenDKIM is started with.</summary>
    public string OpenDkim => Path.Combine(directory, "opendkim", "opendkim.conf");

    /// <summary>Dovecot with its sign-in alone: no port, no mail, sockets in this directory.</summary>
    /// <returns>The configuration's path.</returns>
    public string WithoutServices()
    {
        var path = Path.Combine(directory, "dovecot", "sign-in.conf");
        ConfigFile.Write(path, $"!include {Dovecot}\nprotocols =\n", ConfigFile.OwnerReads);
        return path;
    }

    public string DovecotLog => Path.Combine(directory, "log", "dovecot.log");

    /// <summary>There as soon as Dovecot can be asked.</summary>
    public string DovecotUserSocket => Path.Combine(directory, "run", "auth-userdb");

    private MailServerSettings Inside(MailServerSettings settings) => settings with
    {
        PostfixQueueDirectory = Path.Combine(directory, "queue"),
        PostfixDataDirectory = Path.Combine(directory, "data"),
        DovecotDirectory = Path.Combine(directory, "dovecot"),
        DovecotRunDirectory = Path.Combine(directory, "run"),
        DovecotStateDirectory = Path.Combine(directory, "state"),
        OpenDkimDirectory = Path.Combine(directory, "opendkim"),
        LogDirectory = Path.Combine(directory, "log"),
    };

    private string MainCf => Path.Combine(Postfix, "main.cf");

    /// <summary>Words of a program without the directory, which says nothing to a reader.</summary>
    public string Plain(string said) => said.Replace(directory + "/", "", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
