using System.Diagnostics.CodeAnalysis;

namespace AdminPanel.Data.Addresses;

/// <summary>
/// Whose sessions are meant: those of one mailbox, or of every mailbox in a domain. It is all that a program which root
/// runs takes from the database, so there is no third thing that it can be: no mask for everybody, no part of a name.
/// </summary>
public readonly record struct SessionMask
{
    private const string Everybody = "*@";

    private readonly string? text;

    private SessionMask(string text) => this.text = text;

    /// <summary>Octets of the longest one.</summary>
    public const int MaxOctets = EmailAddress.MaxOctets;

    /// <summary>"anna@example.org", or "*@example.org": in both a user mask of doveadm-kick(1).</summary>
    public string Value => text ?? throw new InvalidOperationException("This mask was never parsed.");

    /// <summary>The domain's name where all of its mailboxes are meant; otherwise null.</summary>
    public string? Domain => Value.StartsWith(Everybody, StringComparison.Ordinal) ? Value[Everybody.Length..] : null;

    /// <exception cref="ArgumentException">The domain has no name yet.</exception>
    public static SessionMask Of(DomainName domain) => new(Everybody + domain.Value);

    /// <summary>What <see cref="Value"/> is, letter by letter; every other spelling of the same is refused.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out SessionMask mask)
    {
        mask = default;
        if (text is null || !IsMask(text)) return false;

        mask = new SessionMask(text);
        return true;
    }

    public override string ToString() => text ?? "";

    private static bool IsMask(string text) => text.StartsWith(Everybody, StringComparison.Ordinal)
        ? DomainName.TryParse(text[Everybody.Length..], out var domain) && Everybody + domain.Value == text
        : EmailAddress.TryParse(text, out var address) && address.LocalPart.IsMailboxSafe && address.Value == text;
}
