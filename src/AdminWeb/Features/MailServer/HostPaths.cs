namespace AdminPanel.Web.Features.MailServer;

/// <summary>
/// Where the packages of a system put what nobody chooses: programs and accounts. What can be chosen is a setting whose
/// default follows <see cref="Key"/> (<see cref="SettingDefinition.DefaultOn"/>).
/// </summary>
/// <param name="PostfixMeta">Of dynamicmaps.cf and postfix-files, which belong to the package.</param>
/// <param name="PostfixGroup">The group of postdrop(1) and postqueue(1), setgid_group.</param>
/// <param name="RootGroup">The group of files that are root's.</param>
public sealed record HostPaths(
    string PostfixCommands, string PostfixDaemons, string PostfixMeta, string PostfixLibraries, string PostfixGroup, string RspamdAccount, string RspamdClient, string OpenDkimAccount, string RootGroup)
{
    /// <summary>The setting that chooses between them.</summary>
    public const string Key = "paths";

    public const string OnDebian = "debian";

    public const string OnFreeBsd = "freebsd";

    public static HostPaths Debian { get; } = new(
        "/usr/sbin", "/usr/lib/postfix/sbin", "/etc/postfix", "/usr/lib/postfix", "postdrop", "_rspamd", "/usr/bin/rspamc", "opendkim", "root");

    /// <summary>As the ports mail/postfix, mail/dovecot, mail/rspamd and mail/opendkim are built: PREFIX is /usr/local, META_DIRECTORY is DAEMONDIR.</summary>
    public static HostPaths FreeBsd { get; } = new(
        "/usr/local/sbin", "/usr/local/libexec/postfix", "/usr/local/libexec/postfix", "/usr/local/lib/postfix", "maildrop", "rspamd", "/usr/local/bin/rspamc", "mailnull", "wheel");

    /// <summary>The account, and the group of the same name, that reads the private keys; null where nothing signs.</summary>
    public string? AccountOf(Signer signer) => signer switch
    {
        Signer.Rspamd => RspamdAccount,
        Signer.OpenDkim => OpenDkimAccount,
        _ => null,
    };

    public static HostPaths Of(string paths) => paths == OnFreeBsd ? FreeBsd : Debian;
}
