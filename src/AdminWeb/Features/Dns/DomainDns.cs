using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Dns;

/// <summary>What the records of a domain have to say.</summary>
public enum DomainUse
{
    /// <summary>Mail arrives and leaves under its name: a hosted domain, or an alias domain, which needs every record itself.</summary>
    Mail,

    /// <summary>Mail for it is taken here and goes on to another host, which is where it leaves, too.</summary>
    Relay,

    /// <summary>No mail under its name at all: others are told to refuse what claims to come from it.</summary>
    Nothing,
}

/// <summary>A domain, as far as its records depend on it.</summary>
public sealed record DomainDns
{
    public required DomainName Name { get; init; }

    /// <summary>The zone in which its records are kept: itself, or a parent domain.</summary>
    public required DomainName Zone { get; init; }

    public DomainUse Use { get; init; } = DomainUse.Mail;

    /// <summary>DKIM keys whose records shall be there, in the order in which they are shown.</summary>
    public IReadOnlyList<PublishedKey> Keys { get; init; } = [];

    public DmarcStep Dmarc { get; init; } = DmarcStep.None;

    /// <summary>Who reads DMARC's daily reports; null is nobody, and then none are asked for.</summary>
    public EmailAddress? DmarcReports { get; init; }

    /// <summary>Who reads the reports on TLS; null is nobody, and then there is no record, since it is nothing but the address (RFC 8460 section 3).</summary>
    public EmailAddress? TlsReports { get; init; }

    /// <summary>Null: no policy on TLS is served.</summary>
    public MtaStsMode? MtaSts { get; init; }
}
