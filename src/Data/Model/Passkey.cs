using System.Security.Cryptography;

namespace AdminPanel.Data.Model;

/// <summary>
/// A key of an account in a device, a browser or a security key (Web Authentication, https://www.w3.org/TR/webauthn-3/).
/// The private half never leaves that; what stands here verifies and opens nothing. It is a second factor after the
/// password, and signs in without one, since the device asks its owner for a finger, a face or a PIN.
/// </summary>
public sealed class Passkey
{
    /// <summary>Of one account.</summary>
    public const int Most = 10;

    public const int MaxName = 100;

    /// <summary>Octets of <see cref="CredentialId"/> (WebAuthn, "Credential ID").</summary>
    public const int MaxCredentialIdOctets = 1023;

    /// <summary>Octets of <see cref="PublicKey"/>: RSA of 4096 bits has about 540.</summary>
    public const int MaxPublicKeyOctets = 1536;

    public long Id { get; init; }

    public long AccountId { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    /// <summary>What the authenticator calls it, base64url without padding; it is nobody else's.</summary>
    public required string CredentialId { get; init; }

    /// <summary>SHA-256 of the octets of <see cref="CredentialId"/>, which is too long for an index: 64 hexadecimal digits, small ones.</summary>
    public required string CredentialDigest { get; init; }

    /// <summary>A COSE_Key (RFC 9052 section 7), base64url without padding.</summary>
    public required string PublicKey { get; init; }

    /// <summary>How often the authenticator has signed, as far as it counts: one that was copied falls behind. Many say 0 for ever.</summary>
    public long SignCount { get; init; }

    /// <summary>How a browser reaches it, words of WebAuthn ("internal", "usb", "hybrid") with commas between; empty where nothing is known.</summary>
    public required string Transports { get; init; }

    /// <summary>It may be copied to other devices of its owner.</summary>
    public bool IsBackupEligible { get; init; }

    /// <summary>It was, as of its last use.</summary>
    public bool IsBackedUp { get; init; }

    /// <summary>When the challenge was made that was answered last: neither that one nor an older one is taken again.</summary>
    public DateTime LastChallengeAt { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>Null: never since it was added.</summary>
    public DateTime? LastUsedAt { get; init; }

    /// <summary><see cref="CredentialDigest"/> of a credential id.</summary>
    public static string DigestOf(ReadOnlySpan<byte> credentialId) => Convert.ToHexStringLower(SHA256.HashData(credentialId));
}
