using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Data.Model;

/// <summary>What a domain is to this server.</summary>
public enum DomainKind
{
    /// <summary>Its mailboxes and aliases are here.</summary>
    Hosted,

    /// <summary>Its whole address space is that of its target domain.</summary>
    Alias,

    /// <summary>Its mail is taken for the recipients on its list, and goes on to another host: this server is its backup MX or its filter.</summary>
    Relay,

    /// <summary>In the recycle bin: never active, and nothing of it is here but this row, which keeps its name.</summary>
    Recycled,
}

/// <summary>How mail for a domain goes on from here.</summary>
public enum DomainTransport
{
    /// <summary>Hosted and alias domains: to the mailboxes.</summary>
    Lmtp,

    /// <summary>Hosted domains: nowhere. Every address is refused, while mailboxes can still be read.</summary>
    Error,

    /// <summary>Relay domains: to <see cref="MailDomain.NextHop"/>, whatever DNS says.</summary>
    Smtp,

    /// <summary>Relay domains: to the hosts that the domain's MX records name.</summary>
    Mx,
}

/// <summary>What others shall do with mail that claims to come from a domain and fails DMARC (RFC 9989): the steps from watching to refusing.</summary>
public enum DmarcStep
{
    None,

    /// <summary>As <see cref="None"/>, and reported as if it were quarantined: "t=y", in place of the withdrawn "pct".</summary>
    QuarantineTest,
    Quarantine,

    /// <summary>As <see cref="Quarantine"/>, and reported as if it were refused.</summary>
    RejectTest,
    Reject,
}

/// <summary>How senders shall take a domain's policy on TLS (RFC 8461 section 5).</summary>
public enum MtaStsMode
{
    /// <summary>There is none any more: what withdraws an earlier one.</summary>
    None,
    Testing,
    Enforce,
}

/// <summary>
/// A domain that mail is accepted for. One table holds hosted and alias domains, so that a name has one meaning and
/// the unique index says so.
/// </summary>
public sealed class MailDomain : IVersioned
{
    public long Id { get; init; }

    /// <summary>Unique over all kinds.</summary>
    public required DomainName Name { get; set; }

    public DomainKind Kind { get; init; } = DomainKind.Hosted;

    /// <summary>The hosted domain that an alias domain stands for; null for every other kind. A target is never an alias domain itself.</summary>
    public long? TargetId { get; set; }

    /// <summary>Always <see cref="DomainKind.Hosted"/> where there is a target: with it the foreign key (target_id, target_kind) refuses chains.</summary>
    public DomainKind? TargetKind { get; set; }

    public MailDomain? Target { get; set; }

    public DomainTransport Transport { get; set; } = DomainTransport.Lmtp;

    /// <summary>Of a hosted domain: whether its transport is <see cref="DomainTransport.Error"/>, the one that people choose there.</summary>
    public bool RefusesMail
    {
        get => Transport == DomainTransport.Error;
        set => Transport = value ? DomainTransport.Error : DomainTransport.Lmtp;
    }

    /// <summary>The one host of <see cref="DomainTransport.Smtp"/>; null for every other transport.</summary>
    public NextHop? NextHop
    {
        get => TransportHost is { } host && TransportPort is { } port ? new NextHop(host, port) : null;
        set => (TransportHost, TransportPort) = (value?.Host, value?.Port);
    }

    /// <summary>Half of <see cref="NextHop"/>, as the lookup table reads it.</summary>
    public string? TransportHost { get; private set; }

    /// <summary>The other half.</summary>
    public int? TransportPort { get; private set; }

    /// <summary>False stops everything in the domain: delivery, rewriting, sign-in.</summary>
    public bool IsActive { get; set; } = true;

    public string? Description { get; set; }

    /// <summary>How many mailboxes the domain may have; null is no limit.</summary>
    public int? MailboxLimit { get; set; }

    /// <summary>How many aliases the domain may have, the catch-all included; null is no limit.</summary>
    public int? AliasLimit { get; set; }

    /// <summary>How many bytes of quota its mailboxes may be given in all; null is no limit.</summary>
    public long? QuotaLimit { get; set; }

    /// <summary>Whether the quotas of its mailboxes may come to more than <see cref="QuotaLimit"/>: few people fill theirs.</summary>
    public bool AllowsOvercommit { get; set; }

    /// <summary>The largest quota that a mailbox may have, in bytes; with it none goes without. Null is no limit.</summary>
    public long? MailboxQuotaLimit { get; set; }

    /// <summary>Quota of a new mailbox unless another is chosen, in bytes; null is none.</summary>
    public long? DefaultQuota { get; set; }

    /// <summary>Days after which a mailbox's password no longer signs in; null is never. Mail still arrives.</summary>
    public int? PasswordMaxAgeDays { get; set; }

    /// <summary>The fewest characters of a new password; null is what the panel asks everywhere.</summary>
    public int? PasswordMinLength { get; set; }

    /// <summary>What the owners of its mailboxes do alone.</summary>
    public OwnerRights OwnerRights { get; set; } = OwnerRights.Usual;

    /// <summary>Whether an owner without a second factor sets one up before anything else in the panel.</summary>
    public bool OwnersNeedSecondFactor { get; set; }

    /// <summary>How many addresses of their own each owner may have, with <see cref="OwnerRights.Aliases"/>; null is as many as the panel lets anybody have.</summary>
    public int? OwnAliasLimit { get; set; }

    /// <summary>The language of the message that greets the owner of a new mailbox: "en"; null where none is sent.</summary>
    public string? WelcomeLanguage { get; set; }

    /// <summary>What that message says above the settings for a mail program: lines ended by LF. Null is the panel's own words.</summary>
    public string? WelcomeText { get; set; }

    /// <summary>Months after which a DKIM key that signs is followed by another one; null is never by itself.</summary>
    public int? DkimRotationMonths { get; set; }

    /// <summary>Links that show the domain's DNS records carry this number: the next number ends all that were made before.</summary>
    public int DnsShareSeries { get; set; }

    /// <summary>Of a hosted or an alias domain: what its DMARC record says. Its records are its own, an alias domain's, too.</summary>
    public DmarcStep DmarcStep { get; set; } = DmarcStep.None;

    /// <summary>Likewise, what the policy says that the panel serves for it; null where it serves none.</summary>
    public MtaStsMode? MtaSts { get; set; }

    /// <summary>Counter, changed in the transaction that adds or deletes a mailbox.</summary>
    public int MailboxCount { get; set; }

    /// <summary>Counter, changed in the transaction that adds or deletes an alias or the catch-all.</summary>
    public int AliasCount { get; set; }

    /// <summary>Sum of the quotas of its mailboxes, in bytes. What they use is another number.</summary>
    public long AllocatedQuota { get; set; }

    public long Version { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>Null until somebody asked for it.</summary>
    public DomainUsage? Usage { get; set; }

    /// <summary>Null until somebody has looked for its DNS records.</summary>
    public DomainDnsCheck? DnsCheck { get; set; }

    /// <summary>Words that people sort domains by.</summary>
    public List<DomainTag> Tags { get; } = [];

    public List<DomainAdmin> Admins { get; } = [];

    public List<DkimKey> DkimKeys { get; } = [];

    public List<MailDomain> AliasDomains { get; } = [];
}
