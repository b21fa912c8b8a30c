using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>A sender as people type it: an address, or "@domain".</summary>
internal static class SendAsSender
{
    /// <returns>As it is stored, and its domain; null where it is neither, which <paramref name="reading"/> says.</returns>
    public static (string Sender, DomainName Domain)? Read(Reading reading, string field, string? text)
    {
        var typed = (text ?? "").Trim();
        if (typed.StartsWith('@'))
            return reading.Domain(field, typed[1..]) is { } domain ? (AddressSpace.CatchAllOf(domain), domain) : null;
        if (!EmailAddress.TryParse(typed, out var address, out var fault))
            reading.Add(new Problem(field, fault == AddressFault.Empty ? "AddressEmpty" : $"Destination{fault}", typed));
        else if (!address.LocalPart.IsAscii) reading.Add(new Problem(field, "DestinationNotAscii", typed));
        else return (address.Value, address.Domain);
        return null;
    }
}
