namespace AdminPanel.Data.Model;

/// <summary>
/// The second factor of an account: an app that shows six digits, others every half a minute (RFC 6238). An account has
/// none or one; it is turned on once a code was seen.
/// </summary>
public sealed class Authenticator
{
    public long AccountId { get; init; }

    /// <summary>The shared secret, sealed with the panel's keys for this account alone: the database opens nothing.</summary>
    public required string SealedSecret { get; init; }

    /// <summary>The half minute of the last code that was taken: none of it or before is taken again (RFC 6238 section 5.2).</summary>
    public long LastStep { get; init; }

    public DateTime CreatedAt { get; init; }
}

/// <summary>A code that stands in for the second factor, once: for whoever has lost the phone.</summary>
public sealed class RecoveryCode
{
    /// <summary>How many an account is given.</summary>
    public const int Given = 10;

    public long Id { get; init; }

    public long AccountId { get; init; }

    /// <summary>SHA-256 of the code, 79 random bits: 64 hexadecimal digits, small ones.</summary>
    public required string Digest { get; init; }
}
