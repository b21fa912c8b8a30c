namespace AdminPanel.Web.Features.Dns;

/// <summary>What a record is for; pages have a sentence for each.</summary>
public enum RecordPurpose
{
    Mx,
    NullMx,
    Spf,
    NoSenders,
    Dkim,
    NoKeys,
    Dmarc,
    RejectAll,
    ReportPermission,
    TlsReports,
    MtaSts,
    MtaStsHost,
    Service,
    ServiceNotOffered,
    Autoconfig,
    Autodiscover,
    Caa,
    HostAddress,
    ReverseName,
    HeloSpf,
    Tlsa,
}

/// <summary>What becomes of mail without the record.</summary>
public enum RecordNeed
{
    /// <summary>Mail does not arrive, or is refused elsewhere.</summary>
    Required,

    /// <summary>Mail goes on, but others trust it less, or people have to type what programs could have found.</summary>
    Recommended,

    /// <summary>For who wants it.</summary>
    Optional,
}

/// <summary>Whose zone a record stands in.</summary>
public enum RecordPlace
{
    /// <summary>The domain's own: each domain has its record.</summary>
    Domain,

    /// <summary>The mail server's: once, however many domains it has.</summary>
    Server,

    /// <summary>That of the domain that takes the reports: it says that it wants them.</summary>
    ReportReceiver,
}

/// <summary>A record that somebody has to publish.</summary>
/// <param name="Name">Absolute, with the final dot, in A-labels: "_dmarc.example.org.".</param>
/// <param name="Zone">The zone that holds it, the same way: what <see cref="RelativeName"/> is relative to.</param>
/// <param name="Ttl">Seconds.</param>
public sealed record DnsRecord(RecordPurpose Purpose, RecordNeed Need, RecordPlace Place, string Name, string Zone, RecordData Data, int Ttl = DnsRecord.UsualTtl)
{
    /// <summary>An hour: long enough for caches, short enough to repair a mistake the same day.</summary>
    public const int UsualTtl = 3600;

    /// <summary>What tells it from others of its purpose: a selector, a service, an address; null where there is just one.</summary>
    public string? Subject { get; init; }

    /// <summary>Of a DKIM key: its state, in one word.</summary>
    public string? KeyState { get; init; }

    public RecordType Type => Data.Type;

    /// <summary>"MX".</summary>
    public string TypeName => Data.Type.ToString().ToUpperInvariant();

    /// <summary>The name as forms want it that add the zone by themselves: "_dmarc", and "@" for the zone's own name.</summary>
    public string RelativeName => RelativeTo(Name, Zone) ?? Name;

    /// <summary>Null where the name is not in the zone.</summary>
    public static string? RelativeTo(string name, string zone) =>
        name == zone ? "@" : name.EndsWith("." + zone, StringComparison.Ordinal) ? name[..^(zone.Length + 1)] : null;
}
