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

    internal List<EmailAddress> ReadForwards(Reading reading, string? own) =>
        DestinationList.Read(reading, nameof(Forwards), Forwards, own, isRequired: false);
}

/// <summary>A mailbox in an audit entry: all that people choose, and no password.</summary>
internal sealed record MailboxState(string? DisplayName, long? QuotaBytes, bool IsActive, bool KeepsCopy, IReadOnlyList<string> Forwards)
{
    public static MailboxState Of(Mailbox mailbox) => new(
        mailbox.DisplayName, mailbox.QuotaBytes, mailbox.Entry!.IsActive, mailbox.KeepsCopy,
        [.. mailbox.Entry.Destinations.Select(d => d.Address).Order(StringComparer.Ordinal)]);
}
