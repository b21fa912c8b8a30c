namespace AdminPanel.Data.Addresses;

/// <summary>
/// What separates the local part of an address from an extension that a sender has added, as in "office+orders"; none
/// where there are no extensions. postconf(5), recipient_delimiter; RFC 5233.
/// </summary>
public readonly record struct RecipientDelimiter
{
    /// <summary>Its key in the settings table, which alone says it: the panel's own queries read it there, too.</summary>
    public const string Key = "recipient_delimiter";

    /// <summary>The stored form of "no extensions".</summary>
    public const string None = "none";

    public const string Default = "+";

    /// <summary>The stored forms.</summary>
    public static readonly IReadOnlyList<string> Choices = [Default, "-", "_", None];

    /// <summary>Every character that it may be.</summary>
    public static readonly IReadOnlyList<string> Signs = [.. Choices.Where(choice => choice != None)];

    private readonly string? sign;

    private RecipientDelimiter(string sign) => this.sign = sign;

    /// <summary>As configuration files and SQL have it: one character, or empty.</summary>
    public string Sign => sign ?? "";

    /// <param name="stored">Null, and what is no choice, is the default.</param>
    public static RecipientDelimiter Of(string? stored) => new(stored switch { null => Default, None => "", _ => Choices.Contains(stored) ? stored : Default });

    /// <summary>
    /// A local part without its extension; null where it has none. An extension begins at the first delimiter, as with
    /// Dovecot's LMTP, and one in front separates nothing.
    /// </summary>
    public string? WithoutExtension(string localPart) => Sign.Length > 0 && localPart.IndexOf(Sign, StringComparison.Ordinal) is var at and > 0 ? localPart[..at] : null;

    /// <summary>Whether a mailbox of this name would never get its mail: Dovecot's LMTP cuts the name before it looks for the mailbox.</summary>
    public bool Cuts(string localPart) => Sign.Length > 0 && localPart.Contains(Sign, StringComparison.Ordinal);
}
