namespace AdminPanel.Web.Platform.Https;

/// <summary>How the fetching of a text ended.</summary>
public enum FetchEnd
{
    Found,

    /// <summary>No connection within the limit: the host is away.</summary>
    Silent,

    /// <summary>No connection, or none that lasted for an answer.</summary>
    Unreachable,

    /// <summary>The certificate is of another name, of nobody who is trusted, or over.</summary>
    Untrusted,

    /// <summary>The answer is to go elsewhere.</summary>
    Redirected,

    /// <summary>The answer is another one than 200.</summary>
    Refused,

    /// <summary>It is no text/plain.</summary>
    OtherKind,

    TooLong,
}

/// <param name="Text">What was found; null where nothing was.</param>
/// <param name="Detail">What to say of the end: a status, a host, a media type, the reason of a program. Null where the end says it all.</param>
public sealed record FetchedText(FetchEnd End, string? Text, string? Detail);
