using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>{PBKDF2} as Dovecot writes it: $1$salt$rounds$ and 20 octets of PBKDF2-HMAC-SHA1 in hexadecimal.</summary>
internal static class Pbkdf2Password
{
    // A stored hash must not be able to keep a processor busy for minutes.
    private const int MaxRounds = 10_000_000;

    public static bool Matches(string text, ReadOnlySpan<byte> password)
    {
        if (text.Split('$') is not ["", "1", var salt, var roundsText, var hex]) return false;
        if (!int.TryParse(roundsText, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) || rounds is < 1 or > MaxRounds) return false;
        if (hex.Length != 40 || !hex.All(char.IsAsciiHexDigit)) return false;

        var stored = Convert.FromHexString(hex);
        var computed = Rfc2898DeriveBytes.Pbkdf2(password, Encoding.UTF8.GetBytes(salt), rounds, HashAlgorithmName.SHA1, stored.Length);
        return CryptographicOperations.FixedTimeEquals(computed, stored);
    }
}
