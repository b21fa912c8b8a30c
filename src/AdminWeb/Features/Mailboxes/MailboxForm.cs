using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>What people choose about a mailbox besides its address and password, as they type it.</summary>
public abstract record MailboxForm
{
    public string? DisplayName { get; init; }

    /// <summary>"5G".</summary>
    public string? Quota { get; init; }

    /// <summary>Where its mail is also, or only, sent: addresses separated by line ends, commas or spaces.</summary>
    public string? Forwards { get; init; }

    /// <summary>Whether mail is also stored here when it forwards.</summary>
    public bool KeepsCopy { get; init; } = true;

    public bool AllowsImap { get; init; } = true;

    public bool AllowsPop3 { get; init; } = true;

    /// <summary>Whether its owner may send.</summary>
    public bool AllowsSmtp { get; init; } = true;

    public bool AllowsSieve { get; init; } = true;

    /// <summary>The only networks to sign in from, separated by line ends, commas or spaces; empty is everywhere.</summary>
    public string? AllowedNetworks { get; init; }

    /// <summary>One address elsewhere, or empty.</summary>
    public string? RecoveryAddress { get; init; }

    /// <summary>The first day, or moment, in UTC; empty: at once.</summary>
    public string? ActiveFrom { get; init; }

    /// <summary>The last day, or the moment of the end, in UTC; empty: no end.</summary>
    public string? ActiveUntil { get; init; }

    /// <summary>Whether something is chosen that few people choose: the form shows it then.</summary>
    internal bool HasRareChoices => !(AllowsImap && AllowsPop3 && AllowsSmtp && AllowsSieve) || !string.IsNullOrWhiteSpace(AllowedNetworks)
        || !string.IsNullOrWhiteSpace(RecoveryAddress) || !string.IsNullOrWhiteSpace(ActiveFrom) || !string.IsNullOrWhiteSpace(ActiveUntil);

    internal MailboxAccess ReadAccess(Reading reading) => new(
        AllowsImap, AllowsPop3, AllowsSmtp, AllowsSieve, MailboxAccess.ReadNetworks(reading, nameof(AllowedNetworks), AllowedNetworks));

    internal string? ReadRecovery(Reading reading, string? own) => ReadRecovery(reading, nameof(RecoveryAddress), RecoveryAddress, own);

    /// <param name="own">The address of the mailbox.</param>
    internal static string? ReadRecovery(Reading reading, string field, string? text, string? own)
    {
        var addresses = DestinationList.Read(reading, field, text, own: null, isRequired: false);
        if (addresses.Count > 1) reading.Add(new Problem(field, "RecoveryAddressOne"));
        // Whoever lost the password cannot read there.
        if (addresses is [var itself] && itself.Value == own) reading.Add(new Problem(field, "RecoveryAddressIsItself", itself.Unicode));
        return addresses is [var only] ? only.Value : null;
    }

    internal List<EmailAddress> ReadForwards(Reading reading, string? own) =>
        DestinationList.Read(reading, nameof(Forwards), Forwards, own, isRequired: false);
}

/// <summary>A mailbox in an audit entry: all that people choose, and no password.</summary>
internal sealed record MailboxState(string? DisplayName, long? QuotaBytes, bool IsActive, bool KeepsCopy, IReadOnlyList<string> Forwards, MailboxAccess Access,
    DateTime? ActiveFrom, DateTime? ActiveUntil, string? RecoveryAddress)
{
    public static MailboxState Of(Mailbox mailbox) => new(
        mailbox.DisplayName, mailbox.QuotaBytes, mailbox.Entry!.IsActive, mailbox.KeepsCopy,
        [.. mailbox.Entry.Destinations.Select(d => d.Address).Order(StringComparer.Ordinal)],
        MailboxAccess.Of(mailbox), mailbox.Entry.ActiveFrom, mailbox.Entry.ActiveUntil, mailbox.RecoveryAddress);
}
