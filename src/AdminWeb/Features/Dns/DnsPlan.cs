using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dns.Check;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The records of one domain, and from what they follow.</summary>
/// <param name="Kind">What the domain is to this server.</param>
/// <param name="Server">Null while the mail server has no name: then there are no records.</param>
/// <param name="Relayhost">The next hop of all mail that leaves, whose own addresses SPF then has to name; null is none.</param>
public sealed record DnsPlan(DomainKind Kind, DomainDns Domain, ServerDns? Server, string? Relayhost)
{
    public IReadOnlyList<DnsRecord> Records { get; } = Server is null ? [] : WantedRecords.Of(Domain, Server);

    /// <summary>The policy on TLS that the panel serves for the domain; null where it serves none.</summary>
    public string? Policy { get; } = Domain is { Use: DomainUse.Mail, MtaSts: { } mode } && Server is not null ? MtaStsPolicy.Text(mode, Server.HostName) : null;

    /// <summary>Of the domain.</summary>
    public long Version { get; init; }

    /// <summary>When the name servers were last asked; null: never.</summary>
    public DateTime? CheckedAt { get; init; }

    /// <summary>What they had then, and before; of records that were wanted then.</summary>
    public StoredCheck Stored { get; init; } = new();

    /// <summary>Whether the actor may have them asked, and choose what they say.</summary>
    public bool MayChange { get; init; }

    /// <summary>Zones that may hold the domain: itself and those above, the nearest first. Which of them does, only DNS knows.</summary>
    public IReadOnlyList<DomainName> Zones { get; } = ZonesOf(Domain.Name);

    /// <summary>The zone as an address of a page names it; null where it goes without saying.</summary>
    public string? ZoneChosen => Domain.Zone == Domain.Name ? null : Domain.Zone.Value;

    /// <summary>The same where the mail server shows this key, in a signed zone; null: with no TLSA record.</summary>
    internal DnsPlan With(ServerKey? key) => new(Kind, Domain, Server is null ? null : Server with { KeyDigest = key?.Digest, KeyRecords = key?.Records ?? [] }, Relayhost)
    {
        Version = Version,
        CheckedAt = CheckedAt,
        Stored = Stored,
        MayChange = MayChange,
    };

    internal static IReadOnlyList<DomainName> ZonesOf(DomainName name)
    {
        var labels = name.Value.Split('.');
        return [.. Enumerable.Range(0, labels.Length - 1).Select(i => DomainName.Parse(string.Join('.', labels[i..])))];
    }
}
