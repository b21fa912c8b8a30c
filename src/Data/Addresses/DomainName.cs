using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace AdminPanel.Data.Addresses;

/// <summary>
/// A domain name as lower-case A-labels without the final dot (RFC 5890 section 2.3.2.1): at least two labels of
/// 1 to 63 octets, 253 octets in all. <see cref="Unicode"/> has the same name as U-labels, for people to read.
/// Unicode is read by IDNA2008 (RFC 5891) with the mapping of UTS #46, not by IDNA2003: the sharp s, the final sigma and
/// their kin keep their own names.
/// </summary>
public readonly record struct DomainName : IComparable<DomainName>
{
    public const int MaxOctets = 253;

    private const int MaxLabelOctets = 63;

    // ICU's UTS #46 without the transitional step: IDNA2008, where faß.de is a name of its own and not fass.de, with the
    // case folding that browsers do. IdnMapping keeps no state between calls: many threads may share one that is set up.
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    private readonly string? text;

    private DomainName(string text) => this.text = text;

    /// <summary>A-labels, lower case: what DNS, Postfix and the database hold.</summary>
    public string Value => text ?? throw new InvalidOperationException("This domain name was never parsed.");

    /// <summary>What a person reads: U-labels, but the A-label of one that is taken for another (<see cref="LookAlike"/>), as browsers show it.</summary>
    public string Unicode => HasULabel ? string.Join('.', Labels().Select(l => l.IsLookAlike ? l.Ascii : l.Unicode)) : Value;

    /// <summary>U-labels whatever they look like.</summary>
    public string ULabels => HasULabel ? Idn.GetUnicode(Value) : Value;

    /// <summary>Whether people may take this name for another one: <see cref="LookAlike"/>.</summary>
    public bool IsLookAlike => HasULabel && Labels().Any(l => l.IsLookAlike);

    private bool HasULabel => Value.Contains("xn--", StringComparison.Ordinal);

    public static bool TryParse([NotNullWhen(true)] string? text, out DomainName domain) => TryParse(text, out domain, out _);

    public static bool TryParse([NotNullWhen(true)] string? text, out DomainName domain, out AddressFault fault)
    {
        domain = default;
        fault = Check(text, out var normal);
        if (fault != AddressFault.None) return false;

        domain = new DomainName(normal!);
        return true;
    }

    /// <exception cref="FormatException">The text is not a domain name.</exception>
    public static DomainName Parse(string text) =>
        TryParse(text, out var domain, out var fault) ? domain : throw new FormatException($"Not a domain name ({fault}): {text}");

    public int CompareTo(DomainName other) => string.CompareOrdinal(text, other.text);

    public static bool operator <(DomainName left, DomainName right) => left.CompareTo(right) < 0;

    public static bool operator >(DomainName left, DomainName right) => left.CompareTo(right) > 0;

    public static bool operator <=(DomainName left, DomainName right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DomainName left, DomainName right) => left.CompareTo(right) >= 0;

    public override string ToString() => text ?? "";

    // Under a top-level domain of its own script, a name is among its like.
    private IEnumerable<(string Ascii, string Unicode, bool IsLookAlike)> Labels()
    {
        var (ascii, unicode) = (Value.Split('.'), ULabels.Split('.'));
        var isLatin = Ascii.IsValid(unicode[^1]);
        return ascii.Zip(unicode, (a, u) => (a, u, a != u && (LookAlike.IsMixed(u) || (isLatin && LookAlike.IsTwinOfLatin(u)))));
    }

    private static AddressFault Check(string? text, out string? normal)
    {
        normal = null;
        if (string.IsNullOrWhiteSpace(text)) return AddressFault.Empty;

        var name = text.Trim();
        if (name.EndsWith('.')) name = name[..^1];
        if (name.Split('.').Any(label => label.Length == 0)) return AddressFault.DomainLabelLength;

        if (!TryToALabels(name, out var ascii)) return FaultOf(name);

        var labels = ascii.Split('.');
        foreach (var label in labels)
        {
            var fault = CheckLabel(label);
            if (fault != AddressFault.None) return fault;
        }
        if (ascii.Length > MaxOctets) return AddressFault.DomainTooLong;
        if (labels.Length < 2) return AddressFault.DomainSingleLabel;
        if (labels[^1].All(char.IsAsciiDigit)) return AddressFault.DomainNumericTop;

        normal = ascii;
        return AddressFault.None;
    }

    private static AddressFault CheckLabel(string label)
    {
        if (label.Length is 0 or > MaxLabelOctets) return AddressFault.DomainLabelLength;
        if (label.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')) return AddressFault.DomainCharacter;
        if (label[0] == '-' || label[^1] == '-') return AddressFault.DomainHyphen;
        if (label.Length < 4 || label[2] != '-' || label[3] != '-') return AddressFault.None;
        if (!label.StartsWith("xn--", StringComparison.Ordinal)) return AddressFault.DomainHyphen;

        // RFC 5891 section 5.4: an A-label must be what its own U-label encodes to; anything else is a look-alike.
        return TryRoundTrip(label) ? AddressFault.None : AddressFault.DomainALabel;
    }

    private static bool TryRoundTrip(string label)
    {
        try
        {
            var unicode = Idn.GetUnicode(label);
            return unicode != label && Idn.GetAscii(unicode) == label;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool TryToALabels(string name, [NotNullWhen(true)] out string? ascii)
    {
        ascii = null;
        if (Ascii.IsValid(name))
        {
            ascii = name.ToLowerInvariant();
            return true;
        }
        try
        {
            ascii = Idn.GetAscii(name).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // IdnMapping says only "no": length is the one cause worth telling apart.
    private static AddressFault FaultOf(string name) =>
        name.Length > MaxOctets ? AddressFault.DomainTooLong
        : name.Split('.').Any(IsTooLong) ? AddressFault.DomainLabelLength
        : AddressFault.DomainCharacter;

    // Both halves of a label that only became too long as an A-label are good by themselves.
    private static bool IsTooLong(string label) =>
        label.Length > MaxLabelOctets
        || (label.Length > MaxLabelOctets / 4 && TryToALabels(label[..(label.Length / 2)], out _) && TryToALabels(label[(label.Length / 2)..], out _)
            && !TryToALabels(label, out _));
}
