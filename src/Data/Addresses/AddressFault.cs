namespace AdminPanel.Data.Addresses;

/// <summary>Why a text is not a local part, a domain name or an address. Each has one sentence in the resource files that says the repair.</summary>
public enum AddressFault
{
    None,
    /// <summary>Nothing but white space.</summary>
    Empty,
    /// <summary>No "@" between the local part and the domain.</summary>
    NoAt,
    /// <summary>More than 64 octets of UTF-8 (RFC 5321 section 4.5.3.1.1).</summary>
    LocalPartTooLong,
    /// <summary>A space, a control character, a quote or another character outside atext (RFC 5322 section 3.2.3, RFC 6531 section 3.3).</summary>
    LocalPartCharacter,
    /// <summary>A dot at the start, at the end, or two in a row (RFC 5321 section 4.1.2, Dot-string).</summary>
    LocalPartDots,
    /// <summary>More than 253 octets as A-labels (RFC 1035 section 2.3.4, without the root's dot).</summary>
    DomainTooLong,
    /// <summary>A label that is empty or longer than 63 octets as an A-label.</summary>
    DomainLabelLength,
    /// <summary>A character that no host name may hold (RFC 5890 section 2.3.1, LDH), or one that IDNA refuses.</summary>
    DomainCharacter,
    /// <summary>A label that begins or ends with a hyphen, or has hyphens at places 3 and 4 without being an A-label.</summary>
    DomainHyphen,
    /// <summary>One label only: mail domains here have at least two.</summary>
    DomainSingleLabel,
    /// <summary>The last label is all digits, so the name could be taken for an IP address (RFC 3696 section 2).</summary>
    DomainNumericTop,
    /// <summary>An "xn--" label that is not the A-label of what it decodes to (RFC 5891 section 5.4).</summary>
    DomainALabel,
}
