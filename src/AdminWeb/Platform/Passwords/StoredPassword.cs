using System.Security.Cryptography;
using System.Text;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>
/// A password hash as it is stored, "{SCHEME}text" or "{SCHEME.B64}text" or "{SCHEME.HEX}text" (doc.dovecot.org,
/// "Password Schemes"). Without a scheme in front it is crypt's own text, which says by its beginning what it is.
/// </summary>
internal readonly record struct StoredPassword(string Scheme, string Text)
{
    public static StoredPassword Parse(string stored)
    {
        if (!stored.StartsWith('{') || stored.IndexOf('}', StringComparison.Ordinal) is not (> 1 and var end)) return new StoredPassword("", stored);

        var scheme = stored[1..end].ToUpperInvariant();
        var text = stored[(end + 1)..];
        return scheme.Split('.') switch
        {
            [var name] => new StoredPassword(name, text),
            // Where the scheme's own text is printable, an encoding in the prefix is one more wrapper around it.
            [var name, "B64" or "BASE64"] => IsPrintable(name) ? new StoredPassword(name, FromBase64(text)) : new StoredPassword(name, text),
            [var name, "HEX"] => IsPrintable(name) ? new StoredPassword(name, FromHex(text)) : new StoredPassword(name, HexToBase64(text)),
            _ => new StoredPassword("?", ""),
        };
    }

    /// <summary>Takes as long as the scheme does.</summary>
    public PasswordCheck Check(ReadOnlySpan<byte> password)
    {
        var matches = Text.Length > 0 && Matches(password);
        return new PasswordCheck(matches, matches && !IsAsGoodAsNew());
    }

    private static bool IsPrintable(string scheme) =>
        scheme is "PLAIN" or "CLEAR" or "CLEARTEXT" or "CRYPT" or "ARGON2I" or "ARGON2ID" or "PBKDF2" or "SCRAM-SHA-1" or "SCRAM-SHA-256"
        || scheme.EndsWith("-CRYPT", StringComparison.Ordinal);

    private static string FromBase64(string text) =>
        TryBase64(text) is { } octets ? Encoding.UTF8.GetString(octets) : "";

    private static string FromHex(string text) => TryHex(text) is { } octets ? Encoding.UTF8.GetString(octets) : "";

    private static string HexToBase64(string text) => TryHex(text) is { } octets ? Convert.ToBase64String(octets) : "";

    private static byte[]? TryBase64(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var length) ? octets[..length] : null;
    }

    private static byte[]? TryHex(string text) =>
        text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    private bool IsAsGoodAsNew() =>
        Scheme == "ARGON2ID" && Text.StartsWith($"$argon2id$v=19$m={PasswordHasher.MemoryBytes >> 10},t={PasswordHasher.Passes},", StringComparison.Ordinal);

    private bool Matches(ReadOnlySpan<byte> password) => Scheme switch
    {
        "ARGON2I" or "ARGON2ID" => Sodium.Matches(Text, password),
        "" when Text.StartsWith("$argon2", StringComparison.Ordinal) => Sodium.Matches(Text, password),
        "" or "CRYPT" or "BLF-CRYPT" or "SHA512-CRYPT" or "SHA256-CRYPT" or "MD5-CRYPT" or "DES-CRYPT" => MatchesCrypt(password),
        // Dovecot reads {MD5} as MD5-CRYPT; Courier wrote the bare digest in base64 under the same name.
        "MD5" => Text.StartsWith("$1$", StringComparison.Ordinal) ? MatchesCrypt(password) : SaltedDigest.Matches(HashAlgorithmName.MD5, Text, password),
        "SHA" or "SHA1" or "SSHA" => SaltedDigest.Matches(HashAlgorithmName.SHA1, Text, password),
        "SHA256" or "SSHA256" => SaltedDigest.Matches(HashAlgorithmName.SHA256, Text, password),
        "SHA512" or "SSHA512" => SaltedDigest.Matches(HashAlgorithmName.SHA512, Text, password),
        "SMD5" or "LDAP-MD5" or "PLAIN-MD5" or "MD5RAW" => SaltedDigest.Matches(HashAlgorithmName.MD5, Text, password),
        "PBKDF2" => Pbkdf2Password.Matches(Text, password),
        "SCRAM-SHA-1" => ScramPassword.Matches(HashAlgorithmName.SHA1, Text, password),
        "SCRAM-SHA-256" => ScramPassword.Matches(HashAlgorithmName.SHA256, Text, password),
        "CRAM-MD5" => CramMd5.Matches(Text, password),
        "PLAIN" or "CLEAR" or "CLEARTEXT" => FixedTimeEquals(Encoding.UTF8.GetBytes(Text), password),
        _ => false,
    };

    private bool MatchesCrypt(ReadOnlySpan<byte> password) =>
        LibCrypt.Crypt(password, Text) is { } computed && FixedTimeEquals(Encoding.UTF8.GetBytes(computed), Encoding.UTF8.GetBytes(Text));

    private static bool FixedTimeEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => CryptographicOperations.FixedTimeEquals(left, right);
}
