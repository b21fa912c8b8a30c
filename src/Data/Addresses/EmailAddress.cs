using System.Diagnostics.CodeAnalysis;

namespace AdminPanel.Data.Addresses;

/// <summary>A local part at a domain name. After <see cref="TryParse(string?, out EmailAddress)"/> nobody checks again.</summary>
public readonly record struct EmailAddress(LocalPart LocalPart, DomainName Domain)
{
    /// <summary>Octets of the longest address: local part, "@", domain name.</summary>
    public const int MaxOctets = LocalPart.MaxOctets + 1 + DomainName.MaxOctets;

    /// <summary>What the database holds and the daemons ask for.</summary>
    public string Value => $"{LocalPart.Value}@{Domain.Value}";

    /// <summary>With the domain as U-labels, for people to read.</summary>
    public string Unicode => $"{LocalPart.Value}@{Domain.Unicode}";

    public static bool TryParse([NotNullWhen(true)] string? text, out EmailAddress address) => TryParse(text, out address, out _);

    /// <remarks>Split at the last "@"; both halves parse or the whole fails.</remarks>
    public static bool TryParse([NotNullWhen(true)] string? text, out EmailAddress address, out AddressFault fault)
    {
        address = default;
        if (string.IsNullOrWhiteSpace(text))
        {
            fault = AddressFault.Empty;
            return false;
        }
        var trimmed = text.Trim();
        var at = trimmed.LastIndexOf('@');
        if (at < 0)
        {
            fault = AddressFault.NoAt;
            return false;
        }
        var (left, right) = (trimmed[..at], trimmed[(at + 1)..]);
        if (!LocalPart.TryParse(left, out var localPart, out fault)) return false;
        if (!DomainName.TryParse(right, out var domain, out fault)) return false;

        // Each half forgives spaces around it; in the middle of an address they are a mistake.
        fault = left.Length != left.TrimEnd().Length ? AddressFault.LocalPartCharacter
            : right.Length != right.TrimStart().Length ? AddressFault.DomainCharacter
            : AddressFault.None;
        if (fault != AddressFault.None) return false;

        address = new EmailAddress(localPart, domain);
        return true;
    }

    /// <exception cref="FormatException">The text is not an address.</exception>
    public static EmailAddress Parse(string text) =>
        TryParse(text, out var address, out var fault) ? address : throw new FormatException($"Not an address ({fault}): {text}");

    public override string ToString() => $"{LocalPart}@{Domain}";
}
