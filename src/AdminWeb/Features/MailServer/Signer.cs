using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>The program that signs what people send.</summary>
public enum Signer
{
    /// <summary>Nothing signs.</summary>
    None,

    /// <summary>The spam filter, while it is one.</summary>
    Rspamd,

    /// <summary>A milter that does nothing else.</summary>
    OpenDkim,
}

public static class Signers
{
    /// <summary>The setting that chooses between them.</summary>
    public const string Key = "dkim_signer";

    /// <param name="chosen">The value of the setting <see cref="Key"/>.</param>
    /// <param name="spamFilter">The value of the setting spam_filter: without it there is no Rspamd.</param>
    public static Signer Of(string? chosen, string? spamFilter) => chosen == "opendkim" ? Signer.OpenDkim : spamFilter == "rspamd" ? Signer.Rspamd : Signer.None;

    /// <summary>Whether it can sign with a key of this kind. OpenDKIM has one algorithm for all keys (opendkim.conf(5), SignatureAlgorithm): the one that every receiver reads.</summary>
    public static bool Knows(this Signer signer, DkimAlgorithm algorithm) => signer switch
    {
        Signer.Rspamd => true,
        Signer.OpenDkim => algorithm == DkimAlgorithm.Rsa,
        _ => false,
    };
}
