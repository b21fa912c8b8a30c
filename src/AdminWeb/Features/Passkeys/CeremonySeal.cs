using System.Security.Cryptography;
using System.Text.Json;
using AdminPanel.Data;
using Microsoft.AspNetCore.DataProtection;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>What a passkey is asked for. An answer to one question is none to another.</summary>
public enum CeremonyPurpose
{
    /// <summary>To sign in with nothing else.</summary>
    SignIn,

    /// <summary>After the password, at sign-in.</summary>
    SecondStep,

    /// <summary>Once more, before a signed-in session does what an open browser alone must not do.</summary>
    Proof,

    /// <summary>To be made.</summary>
    Registration,
}

/// <summary>A question to a passkey that waits for its answer ("ceremony" is WebAuthn's word for both).</summary>
/// <param name="AccountId">Whose passkey is asked; null where anybody's may answer.</param>
/// <param name="Stamp">Security stamp of the account: what ends its sessions ends its questions.</param>
/// <param name="State">What Identity wants back with the answer: the challenge.</param>
/// <param name="At">When it was asked, UTC.</param>
/// <param name="Name">Of the passkey that is made; null for one that is there.</param>
public sealed record Ceremony(CeremonyPurpose Purpose, long? AccountId, string? Stamp, string State, DateTime At, string? Name);

/// <param name="Options">JSON for the browser.</param>
/// <param name="Sealed">For the browser to keep, and to bring back with the answer.</param>
public sealed record StartedCeremony(string Options, string Sealed);

/// <summary>Seals what was asked, so that no table is needed which strangers could fill.</summary>
public sealed class CeremonySeal(IDataProtectionProvider protection, AdminDb db)
{
    /// <summary>For finding the key, the finger or the telephone.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    private readonly IDataProtector protector = protection.CreateProtector("Passkeys.Ceremony");

    public string Close(Ceremony ceremony) => protector.Protect(JsonSerializer.Serialize(ceremony));

    /// <returns>Null where it was asked for something else or somebody else, too long ago, or not by this panel.</returns>
    public Ceremony? Open(string? closed, CeremonyPurpose purpose, long? accountId, string? stamp)
    {
        try
        {
            var ceremony = string.IsNullOrEmpty(closed) ? null : JsonSerializer.Deserialize<Ceremony>(protector.Unprotect(closed));
            return ceremony is not null && ceremony.Purpose == purpose && ceremony.AccountId == accountId && ceremony.Stamp == stamp && db.UtcNow - ceremony.At < Lasts ? ceremony : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }
}
