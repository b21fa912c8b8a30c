using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>Seals the secret of an authenticator for one account, with the panel's keys: those in the database are useless without the key file.</summary>
public sealed class SecretSeal(IDataProtectionProvider protection)
{
    public string Close(long accountId, byte[] secret) => Convert.ToBase64String(Of(accountId).Protect(secret));

    /// <returns>Null where it was sealed for another account, by other keys, or not at all.</returns>
    public byte[]? Open(long accountId, string? sealedSecret)
    {
        try
        {
            return sealedSecret is null ? null : Of(accountId).Unprotect(Convert.FromBase64String(sealedSecret));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private IDataProtector Of(long accountId) => protection.CreateProtector("SecondFactor.Authenticator", accountId.ToString(CultureInfo.InvariantCulture));
}
