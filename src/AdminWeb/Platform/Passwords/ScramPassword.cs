using System.Globalization;
using System.Security.Cryptography;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>{SCRAM-SHA-1} and {SCRAM-SHA-256} as Dovecot writes them: iterations,salt,StoredKey,ServerKey (RFC 5802 section 3).</summary>
internal static class ScramPassword
{
    private const int MaxRounds = 10_000_000;

    public static bool Matches(HashAlgorithmName algorithm, string text, ReadOnlySpan<byte> password)
    {
        if (text.Split(',') is not [var roundsText, var saltText, var storedText, _]) return false;
        if (!int.TryParse(roundsText, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) || rounds is < 1 or > MaxRounds) return false;
        if (Decode(saltText) is not { } salt || Decode(storedText) is not { } stored) return false;

        var size = algorithm == HashAlgorithmName.SHA1 ? SHA1.HashSizeInBytes : SHA256.HashSizeInBytes;
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, algorithm, size);
        var clientKey = CryptographicOperations.HmacData(algorithm, salted, "Client Key"u8.ToArray());
        return CryptographicOperations.FixedTimeEquals(CryptographicOperations.HashData(algorithm, clientKey), stored);
    }

    private static byte[]? Decode(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var length) ? octets[..length] : null;
    }
}
