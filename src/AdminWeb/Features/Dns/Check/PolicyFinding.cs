namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>What senders get who fetch a domain's policy on TLS.</summary>
public enum PolicyVerdict
{
    Right,

    /// <summary>The right one, but DNS announces another: whoever remembers an earlier one does not fetch it (RFC 8461 section 3.3).</summary>
    OtherId,

    /// <summary>A policy that says something else.</summary>
    Different,

    /// <summary>A text that is no policy.</summary>
    Unreadable,
    OtherKind,
    TooLong,
    Redirected,
    Refused,
    Untrusted,
    Unreachable,

    /// <summary>Not asked: the name leads into a network that is nobody else's.</summary>
    Private,
    NoAddress,
}

/// <summary>A domain's policy as it was fetched, beside the one that the panel serves.</summary>
/// <param name="Wanted">The text that the panel serves.</param>
/// <param name="Found">What was there; null where nothing was.</param>
/// <param name="Detail">What the sentence about it names: a status, a reason, an address.</param>
public sealed record PolicyFinding(string Host, PolicyVerdict Verdict, string Wanted, string? Found, string? Detail)
{
    /// <summary>When it was first seen so.</summary>
    public DateTime Since { get; init; }

    public bool IsGood => Verdict == PolicyVerdict.Right;

    /// <summary>Whether somebody has to mend it; what was not asked nobody knows.</summary>
    public bool IsOpen => Verdict is not (PolicyVerdict.Right or PolicyVerdict.Private);

    public string Url => AddressOf(Host);

    /// <summary>Where senders fetch the policy from (RFC 8461 section 3.3).</summary>
    public static string AddressOf(string host) => $"https://{host}/.well-known/mta-sts.txt";

    /// <summary>The same, since when it was so.</summary>
    public PolicyFinding After(PolicyFinding? before, DateTime now) =>
        this with { Since = before is not null && (before.Host, before.Verdict, before.Wanted, before.Found) == (Host, Verdict, Wanted, Found) ? before.Since : now };
}
