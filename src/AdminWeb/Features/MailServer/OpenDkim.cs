using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>
/// opendkim/: OpenDKIM 2.11 as the signer of what people send, opendkim.conf(5). It verifies nothing, and asks no name
/// server. None of it where dkim_signer is another one.
/// </summary>
public static class OpenDkim
{
    private const string Owner = "root:root";

    private static readonly string[] Directories = ["opendkim_directory", "opendkim_run_directory", "postfix_queue_directory"];

    /// <summary>
    /// Where its socket is: a directory that an apply makes, with Postfix' group, which the socket inherits. So Postfix
    /// reaches it without being in OpenDKIM's group, which reads the private keys.
    /// </summary>
    public static string SocketDirectory(MailServerSettings settings) => $"{settings.PostfixQueueDirectory}/opendkim";

    /// <summary>Where Postfix hands over what people send.</summary>
    public static string MilterSocket(MailServerSettings settings) => $"{SocketDirectory(settings)}/opendkim.sock";

    /// <summary>Written down while it runs; the unit of Debian's package knows this name in /run/opendkim.</summary>
    public static string PidFile(MailServerSettings settings) => $"{settings.OpenDkimRunDirectory}/opendkim.pid";

    public static IEnumerable<RenderedFile> Files(MailServerSettings settings, IReadOnlyList<SigningDomain> signing) => settings.Signer != Signer.OpenDkim ? [] :
    [
        File("opendkim.conf", "main configuration, opendkim.conf(5)", Configuration(settings), Directories),
        File("opendkim/KeyTable", "names of keys, and the domain, selector and file of each", string.Concat(signing.SelectMany(domain => domain.Keys.Select(key => $"{Name(domain, key)} {domain.Name}:{key.Selector}:{settings.DkimDirectory}/{key.File}\n"))), ["dkim_directory"]),
        File("opendkim/SigningTable", "domains in From, and the names of their keys", string.Concat(signing.SelectMany(domain => domain.Keys.Select(key => $"*@{domain.Name} {Name(domain, key)}\n"))), []),
        new("opendkim/opendkim/signed-for.lua", ConfigFile.AllRead, Owner, GeneratedNote.For("OpenDKIM: who is signed for, opendkim-lua(3).", "--") + SignedFor(signing), []),
    ];

    private static RenderedFile File(string name, string what, string text, IReadOnlyList<string> settings) =>
        new($"opendkim/{name}", ConfigFile.AllRead, Owner, GeneratedNote.For($"OpenDKIM: {what}.") + text, settings);

    private static string Name(SigningDomain domain, SigningKey key) => $"{key.Selector}._domainkey.{domain.Name}";

    // Headers that must not be added to later are those of Rspamd. A key that cannot be read must not let mail bounce.
    private static string Configuration(MailServerSettings settings) => $"""
        Syslog yes
        Mode s
        Canonicalization relaxed/relaxed
        OversignHeaders From,Reply-To,Subject,To,Cc
        KeyTable file:{settings.OpenDkimDirectory}/opendkim/KeyTable
        SigningTable refile:{settings.OpenDkimDirectory}/opendkim/SigningTable
        MultipleSignatures yes
        SetupPolicyScript {settings.OpenDkimDirectory}/opendkim/signed-for.lua
        On-SignatureError tempfail
        Socket local:{MilterSocket(settings)}
        PidFile {PidFile(settings)}
        UserID {settings.Paths.OpenDkimAccount}
        UMask 007

        """;

    // The tables know From alone, and clients of this host would need no sign-in. What the script accepts leaves unsigned.
    private static string SignedFor(IReadOnlyList<SigningDomain> signing) => $$"""
        local target = {
        {{string.Concat(signing.Where(domain => domain.Target != domain.Name).Select(domain => $"  [\"{domain.Name}\"] = \"{domain.Target}\",\n"))}}}
        local function domain_of(address)
          return string.lower(string.match(address or "", "^%s*[^%s@]*@([^%s@]+)%s*$") or "")
        end
        -- One address and no group (RFC 5322 section 3.4); what stands in quotes and in brackets is none.
        local function only_address(from)
          local plain = string.gsub(string.gsub(string.gsub(from or "", "\\.", ""), '"[^"]*"', ""), "%b()", "")
          return string.match(plain, "^[^<>,:;]*<([^<>,:;]*)>%s*$") or string.match(plain, "^[^<>,:;]*$")
        end
        local own = domain_of(odkim.get_mtasymbol(ctx, "{auth_authen}"))
        local domain = domain_of(only_address(odkim.get_header(ctx, "From", 0)))
        if odkim.get_header(ctx, "From", 1) ~= nil
            or own == "" or domain == "" or (target[domain] or domain) ~= (target[own] or own)
            or domain ~= odkim.get_fromdomain(ctx)
            or domain ~= domain_of(odkim.get_envfrom(ctx)) then
          odkim.set_result(ctx, SMFIS_ACCEPT)
        end

        """;
}
