using AdminPanel.Data;
using AdminPanel.Web.Features.MailServer;

namespace AdminPanel.Tests.Unit.MailServer;

/// <summary>Settings of an imaginary host, as texts: the golden files are rendered from them.</summary>
internal static class TestSettings
{
    public static Dictionary<string, string> Texts() => new()
    {
        ["host_name"] = "mail.example.org",
        ["host_recipient"] = "admin@example.net",
        ["postfix_password"] = "postfix.password.1",
        ["dovecot_password"] = "dovecot.password.1",
        ["sign_in_report"] = "127.0.0.1:8080",
        ["sign_in_report_password"] = "report.password.1",
        ["panel_sieve_password"] = "sieve.password.1",
        ["spam_filter"] = "rspamd",
        ["spam_network_checks"] = "no",
        ["milters_after"] = "inet:127.0.0.1:8892",
    };

    public static MailServerSettings With() => With([]);

    public static MailServerSettings With(string key, string value) => With((key, value));

    public static MailServerSettings With(params IReadOnlyList<(string Key, string Value)> others)
    {
        var texts = Texts();
        foreach (var (key, value) in others) texts[key] = value;
        return ((Outcome<MailServerSettings>.Done)MailServerSettings.Read(texts)).Value;
    }

    /// <summary>A domain with two keys, and an alias domain of it with one.</summary>
    public static IReadOnlyList<SigningDomain> Signing { get; } =
    [
        new("example.com", "example.org", [new("s2026a", "example.com.s2026a.0011223344556677.key")]),
        new("example.org", "example.org", [new("e2026a", "example.org.e2026a.8899aabbccddeeff.key"), new("s2026a", "example.org.s2026a.0123456789abcdef.key")]),
    ];

    /// <summary>Debian 12 has Dovecot 2.3 and Postfix 3.7, Debian 13 has 2.4 and 3.10.</summary>
    public static DaemonVersions Versions(string dovecot = "2.3", string postfix = "3.7") => ((Outcome<DaemonVersions>.Done)DaemonVersions.Read(dovecot, postfix)).Value;

    public static string Template(string path) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sql-maps", path));

    public static IReadOnlyList<RenderedFile> Render(MailServerSettings settings, DaemonVersions? versions = null) =>
        RenderedTree.Render(settings, versions ?? Versions(), RenderedTree.Templates(versions ?? Versions()).ToDictionary(path => path, Template), Signing);
}
