using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AdminPanel.Data.Addresses;

/// <summary>
/// The part of an address before the "@": a dot-string (RFC 5321 section 4.1.2, RFC 6531 section 3.3) in NFC and
/// lower case, 1 to 64 octets of UTF-8. Quoted strings are not taken: RFC 5321 section 4.1.2 advises against
/// defining them. One spelling, one value.
/// </summary>
public readonly record struct LocalPart
{
    public const int MaxOctets = 64;

    // RFC 5322 section 3.2.3.
    private static readonly SearchValues<char> Atext =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.");

    // Proven through RCPT, LMTP, IMAP, AUTH and ManageSieve on Dovecot 2.3; auth_username_chars is rendered from it.
    private static readonly SearchValues<char> MailboxSafe = SearchValues.Create(MailboxCharacters);

    /// <summary>The characters a mailbox's local part is made of. The usual recipient delimiter, "+", is not among them; another one (<see cref="RecipientDelimiter.Cuts"/>) takes its character away.</summary>
    public const string MailboxCharacters = "abcdefghijklmnopqrstuvwxyz0123456789.-_='&~";

    private readonly string? text;

    private LocalPart(string text) => this.text = text;

    public string Value => text ?? throw new InvalidOperationException("This local part was never parsed.");

    /// <summary>True when SMTP without SMTPUTF8 can carry it.</summary>
    public bool IsAscii => Ascii.IsValid(Value);

    /// <summary>True when every daemon on the way takes it as the name of a mailbox.</summary>
    public bool IsMailboxSafe => !Value.AsSpan().ContainsAnyExcept(MailboxSafe);

    public static bool TryParse([NotNullWhen(true)] string? text, out LocalPart localPart) => TryParse(text, out localPart, out _);

    public static bool TryParse([NotNullWhen(true)] string? text, out LocalPart localPart, out AddressFault fault)
    {
        localPart = default;
        fault = Check(text, out var normal);
        if (fault != AddressFault.None) return false;

        localPart = new LocalPart(normal!);
        return true;
    }

    /// <exception cref="FormatException">The text is not a local part.</exception>
    public static LocalPart Parse(string text) =>
        TryParse(text, out var localPart, out var fault) ? localPart : throw new FormatException($"Not a local part ({fault}): {text}");

    public override string ToString() => text ?? "";

    private static AddressFault Check(string? text, out string? normal)
    {
        normal = null;
        if (string.IsNullOrWhiteSpace(text)) return AddressFault.Empty;

        var trimmed = text.Trim();
        if (!IsWellFormed(trimmed)) return AddressFault.LocalPartCharacter;

        // Lower case can leave NFC, so NFC has the last word.
        var candidate = trimmed.Normalize(NormalizationForm.FormC).ToLowerInvariant().Normalize(NormalizationForm.FormC);
        if (IsMark(candidate)) return AddressFault.LocalPartCharacter;
        foreach (var rune in candidate.EnumerateRunes())
        {
            if (rune.IsAscii ? !Atext.Contains((char)rune.Value) : !IsPrintable(rune)) return AddressFault.LocalPartCharacter;
        }
        if (candidate.StartsWith('.') || candidate.EndsWith('.') || candidate.Contains("..", StringComparison.Ordinal)) return AddressFault.LocalPartDots;
        if (Encoding.UTF8.GetByteCount(candidate) > MaxOctets) return AddressFault.LocalPartTooLong;

        normal = candidate;
        return AddressFault.None;
    }

    // A combining mark with no letter before it would join whatever a page shows in front of the address.
    private static bool IsMark(string text) => Rune.GetRuneAt(text, 0) is var first && Rune.GetUnicodeCategory(first)
        is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark
        or System.Globalization.UnicodeCategory.EnclosingMark;

    private static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.Surrogate or System.Globalization.UnicodeCategory.PrivateUse
        or System.Globalization.UnicodeCategory.OtherNotAssigned or System.Globalization.UnicodeCategory.SpaceSeparator
        or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator);

    // Normalize throws on an unpaired surrogate.
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
