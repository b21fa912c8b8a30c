using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>The whole configuration of the mail server, as files that Postfix, Dovecot and MariaDB read.</summary>
public static class RenderedTree
{
    private const string AliasMaps = "postfix/virtual_alias_maps.cf";

    /// <summary>The templates it needs: paths below sql-maps/.</summary>
    public static readonly IReadOnlyList<string> Templates =
    [
        DovecotDict,
        "dovecot-2.3/dovecot-sql.conf.ext",
        "grants.sql",
        "postfix/smtpd_sender_login_maps.cf",
        "postfix/transport_maps.cf",
        AliasMaps,
        "postfix/virtual_mailbox_domains.cf",
        "postfix/virtual_mailbox_maps.cf",
    ];

    private const string DovecotDict = "dovecot-2.3/dovecot-dict-sql.conf.ext";

    /// <param name="templates">The text of each of <see cref="Templates"/>, by its path.</param>
    /// <returns>The files sorted by path, manifest.json among them: the same for the same settings, whenever and wherever it runs.</returns>
    public static IReadOnlyList<RenderedFile> Render(MailServerSettings settings, IReadOnlyDictionary<string, string> templates)
    {
        var files = new List<RenderedFile>
        {
            new("postfix/main.cf", ConfigFile.AllRead, "root:root", PostfixMain.Render(settings), PostfixMain.Settings),
            new("postfix/master.cf", ConfigFile.AllRead, "root:root", PostfixMaster.Render(settings), PostfixMaster.Settings),
            new("postfix/host_aliases", ConfigFile.AllRead, "root:root", PostfixTables.RenderHostAliases(settings), PostfixTables.HostAliasesSettings),
            new("postfix/submission_header_checks", ConfigFile.AllRead, "root:root", PostfixTables.RenderSubmissionHeaderChecks(settings), PostfixTables.SubmissionHeaderChecksSettings),
            new("dovecot/dovecot-sign-ins.conf.ext", ConfigFile.GroupReads, "root:dovecot", DovecotSignIns.Render(settings), DovecotSignIns.Settings),
            new("dovecot/dovecot.conf", ConfigFile.AllRead, "root:root", DovecotMain.Render(settings), DovecotMain.Settings),
        };
        foreach (var template in Templates)
        {
            var text = templates[template];
            var name = template[(template.LastIndexOf('/') + 1)..];
            files.Add(template.Split('/')[0] switch
            {
                "postfix" => new($"postfix/sql/{name}", ConfigFile.GroupReads, "root:postfix", SqlMaps.RenderPostfix(text, settings), SqlMaps.SettingsOf(name)),
                _ when template == DovecotDict => new($"dovecot/{name}", ConfigFile.GroupReads, "root:dovecot", SqlMaps.RenderDovecotDict(text, settings), SqlMaps.DovecotDictSettings),
                "dovecot-2.3" => new($"dovecot/{name}", ConfigFile.GroupReads, "root:dovecot", SqlMaps.RenderDovecot(text, settings), SqlMaps.DovecotSettings),
                _ => new(name, ConfigFile.OwnerReads, "root:root", SqlMaps.RenderGrants(text, settings), SqlMaps.GrantsSettings),
            });
        }
        files.Add(new(
            "postfix/sql/virtual_alias_maps_outside.cf", ConfigFile.GroupReads, "root:postfix",
            SqlMaps.RenderPostfix(templates[AliasMaps], settings, takesInternal: false), SqlMaps.PostfixSettings));
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        files.Add(new RenderedFile("manifest.json", ConfigFile.AllRead, "root:root", Manifest.Render(files), []));
        return files;
    }
}
