namespace AdminPanel.Web.Features.MailServer;

/// <summary>
/// rspamd/local.d/dkim_signing.conf: signs what people send who have signed in, with all keys of the domain in From, if
/// that is their own or an alias domain of it. Whoever writes another domain there is not signed for. Off where another signer is chosen.
/// </summary>
internal static class RspamdSigning
{
    public static string[] SettingsOf(MailServerSettings settings) => settings.Signer == Signer.Rspamd ? [Signers.Key, "dkim_directory"] : [Signers.Key];

    // The module's own comparison knows nothing of alias domains: the function asks what it would, and that.
    public static string Render(MailServerSettings settings, IReadOnlyList<SigningDomain> domains) => settings.Signer != Signer.Rspamd ? Rspamd.Off : $$"""
        sign_authenticated = true;
        sign_local = false;
        allow_hdrfrom_mismatch = false;
        allow_hdrfrom_multiple = false;
        use_esld = false;
        try_fallback = false;
        # The function below has compared them.
        allow_username_mismatch = true;
        use_domain_custom = <<EOD
        local target = {
        {{string.Concat(domains.Where(domain => domain.Target != domain.Name).Select(domain => $"  [\"{domain.Name}\"] = \"{domain.Target}\",\n"))}}}
        return function(task)
          local from, user = task:get_from('mime'), task:get_user()
          if not user or not from or #from ~= 1 then return nil end
          local domain = string.lower(from[1].domain or '')
          local own = string.lower(string.match(user, '@([^@]*)$') or '')
          if domain ~= '' and (target[domain] or domain) == (target[own] or own) then return domain end
        end
        EOD;
        domain {
        {{string.Concat(domains.Select(domain => Keys(settings, domain)))}}}

        """;

    private static string Keys(MailServerSettings settings, SigningDomain domain) =>
        $"  \"{domain.Name}\" {{ selectors = [ {string.Join(", ", domain.Keys.Select(key => $"{{ selector = \"{key.Selector}\"; path = \"{settings.DkimDirectory}/{key.File}\"; }}"))} ] }}\n";
}
