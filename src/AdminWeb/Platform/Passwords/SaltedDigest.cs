using System.Security.Cryptography;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>
/// {SHA}, {SSHA}, {SHA256}, {SMD5} and their kin: digest(password + salt) followed by the salt, in base64 or, as
/// {PLAIN-MD5} has it, in hexadecimal. What is longer than the digest is the salt.
/// </summary>
internal static class SaltedDigest
{
    public static bool Matches(HashAlgorithmName algorithm, string text, ReadOnlySpan<byte> password)
    {
        var size = Size(algorithm);
        if (Decode(text, size) is not { } stored || stored.Length < size) return false;

        using var hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(password);
        hash.AppendData(stored.AsSpan(size));
        return CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), stored.AsSpan(0, size));
    }

    private static int Size(HashAlgorithmName algorithm)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        return hash.HashLengthInBytes;
    }

    // An unsalted digest in hexadecimal has a length that no base64 of it has.
    private static byte[]? Decode(string text, int size)
    {
        if (text.Length == size * 2 && text.All(char.IsAsciiHexDigit)) return Convert.FromHexString(text);

        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var length) ? octets[..length] : null;
    }
}
