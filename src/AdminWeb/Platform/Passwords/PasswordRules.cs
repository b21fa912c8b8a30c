using System.Text;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>What a password that somebody typed must be.</summary>
public static class PasswordRules
{
    /// <summary>Characters; NIST SP 800-63B section 5.1.1.2 asks for 8, and most attacks on mail servers are guesses.</summary>
    public const int MinLength = 12;

    /// <summary>
    /// Octets of UTF-8. Argon2id would take more; but "AUTH PLAIN" with the longest address and this much fits the
    /// 2048 octets that Postfix reads of a line (line_length_limit in postconf(5)), and 4 GB do not keep a core busy.
    /// </summary>
    public const int MaxOctets = 512;

    private const int MinDistinct = 5;

    /// <summary>
    /// Guesses, as bits: some 10^8. It is what zxcvbn calls safe against somebody who guesses at a server without being
    /// slowed, and with the hash in hand it is still days of a graphics card for each password.
    /// </summary>
    private const double MinBits = 27;

    /// <summary>Of a mailbox: its names are the address and each half of it, and whom it says it belongs to.</summary>
    /// <param name="minLength">What its domain asks for, in characters; null is what the panel asks everywhere.</param>
    public static Problem? Check(string? password, string field, EmailAddress address, string? displayName, int? minLength) =>
        Check(password, field, minLength, address.Value, address.LocalPart.Value, address.Domain.Value, address.Domain.Unicode, displayName);

    /// <summary>Of an admin.</summary>
    public static Problem? Check(string? password, string field, string? login = null) => Check(password, field, minLength: null, login);

    /// <param name="field">The input's property the problem is shown at.</param>
    /// <param name="minLength">More than <see cref="MinLength"/>, in characters; null is that.</param>
    /// <param name="names">What the password must neither be nor be made of: the login, the local part, the domain, a person's name.</param>
    /// <returns>The first problem, or null.</returns>
    public static Problem? Check(string? password, string field, int? minLength, params string?[] names)
    {
        if (string.IsNullOrEmpty(password)) return new Problem(field, "PasswordEmpty");
        // NUL ends a password in SASL, a line end a command; no keyboard types the others into a field.
        if (password.Any(char.IsControl) || !IsWellFormed(password)) return new Problem(field, "PasswordCharacter");
        var least = Math.Max(minLength ?? 0, MinLength);
        if (password.EnumerateRunes().Count() < least) return new Problem(field, "PasswordTooShort", least);
        if (Encoding.UTF8.GetByteCount(password) > MaxOctets) return new Problem(field, "PasswordTooLong", MaxOctets);
        if (password.EnumerateRunes().Distinct().Count() < MinDistinct) return new Problem(field, "PasswordTooSimple", MinDistinct);

        foreach (var name in names)
        {
            if (string.Equals(password, name, StringComparison.OrdinalIgnoreCase)) return new Problem(field, "PasswordIsName");
        }
        return GuessEstimate.Bits(password, names) < MinBits ? new Problem(field, "PasswordGuessable") : null;
    }

    // An unpaired surrogate has no UTF-8: two different passwords would become the same octets.
    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return false;
        }
        return true;
    }
}
