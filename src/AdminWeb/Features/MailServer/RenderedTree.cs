using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>The whole configuration of the mail server, as files that Postfix, Dovecot and MariaDB read.</summary>
public static class RenderedTree
{
    private const string AliasMaps = "postfix/virtual_alias_maps.cf";

    private static readonly string[] OfPostfix = ["plain_alias_maps.cf", "smtpd_sender_login_maps.cf", "transport_maps.cf", "virtual_alias_maps.cf", "virtual_mailbox_domains.cf", "virtual_mailbox_maps.cf"];

    /// <summary>The templates it needs: paths below sql-maps/.</summary>
    public static IReadOnlyList<string> Templates(DaemonVersions versions) =>
        ["grants.sql", Dovecot(versions, "dovecot-dict-sql.conf.ext"), Dovecot(versions, "dovecot-sql.conf.ext"), .. OfPostfix.Select(name => "postfix/" + name)];

    /// <param name="versions">Of the daemons that will read it.</param>
    /// <param name="templates">The text of each of <see cref="Templates"/>, by its path.</param>
    /// <param name="signing">The domains whose mail is signed.</param>
    /// <returns>The files sorted by path, manifest.json among them: the same for the same settings and versions, whenever and wherever it runs.</returns>
    public static IReadOnlyList<RenderedFile> Render(MailServerSettings settings, DaemonVersions versions, IReadOnlyDictionary<string, string> templates, IReadOnlyList<SigningDomain> signing)
    {
        var is24 = versions.Dovecot == DaemonVersions.Dovecot24;
        var dict = templates[Dovecot(versions, "dovecot-dict-sql.conf.ext")];
        var sql = templates[Dovecot(versions, "dovecot-sql.conf.ext")];
        List<RenderedFile> files =
        [
            new("postfix/main.cf", ConfigFile.AllRead, "root:root", PostfixMain.Render(settings), PostfixMain.Settings),
            new("postfix/master.cf", ConfigFile.AllRead, "root:root", PostfixMaster.Render(settings), PostfixMaster.Settings),
            new("postfix/host_aliases", ConfigFile.AllRead, "root:root", PostfixTables.RenderHostAliases(settings), PostfixTables.HostAliasesSettings),
            new("postfix/submission_header_checks", ConfigFile.AllRead, "root:root", PostfixTables.RenderSubmissionHeaderChecks(settings), PostfixTables.SubmissionHeaderChecksSettings),
            .. OfPostfix.Select(name => Table(name, SqlMaps.RenderPostfix(templates["postfix/" + name], settings), SqlMaps.SettingsOf(name))),
            Table("virtual_alias_maps_outside.cf", SqlMaps.RenderPostfix(templates[AliasMaps], settings, takesInternal: false), SqlMaps.SettingsOf(Path.GetFileName(AliasMaps))),
            new("dovecot/dovecot.conf", ConfigFile.AllRead, "root:root", is24 ? Dovecot24.RenderMain(settings) : Dovecot23.RenderMain(settings), DovecotParts.MainSettings),
            OfDovecot("dovecot-sign-ins.conf.ext", is24 ? Dovecot24.RenderSignIns(settings) : Dovecot23.RenderSignIns(settings), DovecotParts.SignInsSettings),
            OfDovecot("dovecot-panel.conf.ext", is24 ? PanelScripts.Render24(settings) : PanelScripts.Render23(settings), PanelScripts.Settings),
            OfDovecot("dovecot-sql.conf.ext", SqlMaps.RenderDovecot(sql, settings), SqlMaps.DovecotSettings),
            OfDovecot("dovecot-dict-sql.conf.ext", SqlMaps.RenderDovecotDict(dict, settings), is24 ? [] : SqlMaps.DovecotDictSettings),
            .. Rspamd.Files(settings, signing),
            .. OpenDkim.Files(settings, signing),
            .. SpamSieve.Files(settings),
            new("grants.sql", ConfigFile.OwnerReads, "root:root", SqlMaps.RenderGrants(templates["grants.sql"], settings), SqlMaps.GrantsSettings),
        ];
        files = [.. files.Select(file => On(settings.Paths, file))];
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        files.Add(On(settings.Paths, new RenderedFile(Manifest.Name, ConfigFile.AllRead, "root:root", Manifest.Render(versions, files), [])));
        return files;
    }

    private static string Dovecot(DaemonVersions versions, string name) => $"dovecot-{versions.Dovecot}/{name}";

    // The default of every directory follows the system.
    private static RenderedFile On(HostPaths paths, RenderedFile file) => file with
    {
        Owner = file.Owner == "root:root" ? $"root:{paths.RootGroup}" : file.Owner,
        Settings = file.Settings.Any(key => SettingCatalogue.Find(key)?.DefaultOnFreeBsd is not null) ? [.. file.Settings.Union([HostPaths.Key])] : file.Settings,
    };

    // Both hold the password of the daemon's database account.
    private static RenderedFile Table(string name, string text, IReadOnlyList<string> settings) => new("postfix/sql/" + name, ConfigFile.GroupReads, "root:postfix", text, settings);

    private static RenderedFile OfDovecot(string name, string text, IReadOnlyList<string> settings) => new("dovecot/" + name, ConfigFile.GroupReads, "root:dovecot", text, settings);
}
