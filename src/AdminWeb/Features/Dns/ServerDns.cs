using System.Net;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Dns;

/// <summary>A service that mail programs look for.</summary>
/// <param name="Label">As in its SRV record: "_imaps".</param>
/// <param name="Port">Null where the server does not offer it.</param>
/// <param name="IsPreferred">Whether programs shall take this one of its kind: TLS from the first octet (RFC 8314 section 3).</param>
public sealed record OfferedService(string Label, int? Port, bool IsPreferred);

/// <summary>The mail server, as far as records depend on it.</summary>
public sealed record ServerDns
{
    /// <summary>What it calls itself: the target of MX and SRV records, so never the name of a CNAME (RFC 5321 section 5.1, RFC 2782).</summary>
    public required DomainName HostName { get; init; }

    /// <summary>Where it is reached and sends from; empty while nobody has said so.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    public IReadOnlyList<OfferedService> Services { get; init; } = [];

    /// <summary>Who answers HTTPS under mta-sts., autoconfig. and autodiscover. of every domain; null is nobody.</summary>
    public DomainName? WebHost { get; init; }

    /// <summary>Who may issue certificates: "letsencrypt.org"; none is no CAA record.</summary>
    public IReadOnlyList<string> CertificateAuthorities { get; init; } = [];

    /// <summary>SHA-256 of the SubjectPublicKeyInfo that the server shows on port 25, in hexadecimal; null where it is not known.</summary>
    public string? KeyDigest { get; init; }

    /// <summary>Values of other TLSA records that are true of that key, too: "3 0 1 …".</summary>
    public IReadOnlyList<string> KeyRecords { get; init; } = [];
}
