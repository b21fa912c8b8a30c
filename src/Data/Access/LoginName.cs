using System.Diagnostics.CodeAnalysis;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Data.Access;

/// <summary>
/// What somebody types to sign in: an address, or a plain name with the rules of a local part. NFC and lower case,
/// so that one person has one login however the keyboard spells it.
/// </summary>
public static class LoginName
{
    /// <summary>Octets that the accounts table holds.</summary>
    public const int MaxOctets = 254;

    public static bool TryNormalize(string? text, [NotNullWhen(true)] out string? login, out AddressFault fault)
    {
        login = null;
        if (text?.Contains('@', StringComparison.Ordinal) == true)
        {
            if (EmailAddress.TryParse(text, out var address, out fault)) login = address.Value;
        }
        else if (LocalPart.TryParse(text, out var name, out fault))
        {
            login = name.Value;
        }
        if (login is null) return false;
        if (System.Text.Encoding.UTF8.GetByteCount(login) <= MaxOctets) return true;

        fault = AddressFault.DomainTooLong;
        login = null;
        return false;
    }
}
