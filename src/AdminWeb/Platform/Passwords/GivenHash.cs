using System.Globalization;
using System.Text.RegularExpressions;
using AdminPanel.Data;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>
/// A password hash that somebody brings along, "{SCHEME}text", as it will be stored. Dovecot computes it at every
/// sign-in, so one that would take minutes or gigabytes is refused: it could be anybody's who may add a mailbox.
/// </summary>
public static partial class GivenHash
{
    /// <summary>What mailboxes.password_hash holds.</summary>
    private const int MaxLength = 512;

    // Four times what a new hash takes.
    private const int MaxArgonMemory = 4 * PasswordHasher.MemoryBytes >> 10;
    private const int MaxArgonPasses = 4 * PasswordHasher.Passes;
    private const int MaxBcryptCost = 14;
    private const int MaxRounds = 1_000_000;

    private static readonly string[] Schemes =
    [
        "ARGON2ID", "ARGON2I", "BLF-CRYPT", "SHA512-CRYPT", "SHA256-CRYPT", "MD5-CRYPT", "CRYPT", "SSHA512", "SSHA256", "SSHA", "SMD5",
        "SHA512", "SHA256", "SHA", "SHA1", "PLAIN-MD5", "LDAP-MD5", "PBKDF2", "SCRAM-SHA-1", "SCRAM-SHA-256", "CRAM-MD5",
    ];

    /// <returns>The first problem, or null.</returns>
    public static Problem? Check(string text, string field)
    {
        if (text.Length > MaxLength) return new Problem(field, "HashTooLong", MaxLength);

        var stored = StoredPassword.Parse(text);
        if (!text.StartsWith('{')) return new Problem(field, "HashWithoutScheme");
        if (stored.Scheme is "PLAIN" or "CLEAR" or "CLEARTEXT") return new Problem(field, "HashIsClear", stored.Scheme);
        if (!Schemes.Contains(stored.Scheme)) return new Problem(field, "HashSchemeUnknown", string.Join(", ", Schemes));
        if (stored.Text.Length == 0 || text.Any(c => c is <= ' ' or > '~') || !FitsScheme(stored)) return new Problem(field, "HashUnreadable", stored.Scheme);
        return Costs(stored.Text) ? new Problem(field, "HashTooCostly", stored.Scheme) : null;
    }

    private static bool FitsScheme(StoredPassword stored) => stored.Scheme switch
    {
        "ARGON2ID" => stored.Text.StartsWith("$argon2id$", StringComparison.Ordinal),
        "ARGON2I" => stored.Text.StartsWith("$argon2i$", StringComparison.Ordinal),
        "BLF-CRYPT" => Bcrypt().IsMatch(stored.Text),
        "SHA512-CRYPT" => stored.Text.StartsWith("$6$", StringComparison.Ordinal),
        "SHA256-CRYPT" => stored.Text.StartsWith("$5$", StringComparison.Ordinal),
        "MD5-CRYPT" => stored.Text.StartsWith("$1$", StringComparison.Ordinal),
        // Without a number it could be any of crypt's schemes; yescrypt's cost has no upper end that is easy to read.
        "CRYPT" => !stored.Text.StartsWith("$y$", StringComparison.Ordinal) || stored.Text.StartsWith("$y$j9T$", StringComparison.Ordinal) || stored.Text.StartsWith("$y$jB5$", StringComparison.Ordinal),
        _ => true,
    };

    private static bool Costs(string text)
    {
        if (Argon().Match(text) is { Success: true } argon) return Number(argon.Groups[1]) > MaxArgonMemory || Number(argon.Groups[2]) > MaxArgonPasses;
        if (text.StartsWith("$argon2", StringComparison.Ordinal)) return true;
        if (Bcrypt().Match(text) is { Success: true } bcrypt) return Number(bcrypt.Groups[1]) > MaxBcryptCost;

        return Rounds().Matches(text).Any(r => Number(r.Groups[1]) > MaxRounds);
    }

    private static long Number(Group group) => long.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;

    [GeneratedRegex(@"^\$argon2id?\$v=19\$m=(\d+),t=(\d+),p=\d\$")]
    private static partial Regex Argon();

    [GeneratedRegex(@"^\$2[abxy]\$(\d\d)\$[./A-Za-z0-9]{53}$")]
    private static partial Regex Bcrypt();

    // $6$rounds=N$, PBKDF2's $1$salt$N$, and SCRAM's leading N.
    [GeneratedRegex(@"(?:rounds=|^\$1\$[^$]+\$|^)(\d+)(?:\$|,)")]
    private static partial Regex Rounds();
}
