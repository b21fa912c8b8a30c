namespace AdminPanel.Web.Platform.Dns;

/// <summary>What DNSSEC says of a zone (RFC 4033 section 5).</summary>
public enum ZoneSecurity
{
    /// <summary>Nobody asked, or there was no answer.</summary>
    Unknown,

    /// <summary>It is not signed, or nobody above it says so.</summary>
    Insecure,

    Secure,

    /// <summary>It is signed, and the signatures do not hold: resolvers that look at them answer nothing of it.</summary>
    Bogus,
}
