using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Destinations as people type them: addresses separated by line ends, commas, semicolons or spaces.</summary>
internal static class DestinationList
{
    /// <summary>Postfix refuses the mail for an address with more (virtual_alias_expansion_limit in postconf(5)).</summary>
    public const int MaxCount = Expansion.Limit;

    private static readonly char[] Separators = ['\n', '\r', ',', ';', ' ', '\t'];

    /// <summary>Each once, in order of address. What is wrong goes to <paramref name="reading"/>.</summary>
    /// <param name="own">The address they belong to: mail that is sent back to it goes in a circle.</param>
    /// <param name="isRequired">Whether an empty list is a problem.</param>
    public static List<EmailAddress> Read(Reading reading, string field, string? text, string? own, bool isRequired)
    {
        var found = new SortedDictionary<string, EmailAddress>(StringComparer.Ordinal);
        var parts = (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (isRequired && parts.Length == 0) reading.Add(new Problem(field, "DestinationsEmpty"));
        foreach (var part in parts)
        {
            if (!EmailAddress.TryParse(part, out var address, out var fault)) reading.Add(new Problem(field, $"Destination{fault}", part));
            // SMTPUTF8 is off: LMTP does not take it, so Postfix could only bounce such mail.
            else if (!address.LocalPart.IsAscii) reading.Add(new Problem(field, "DestinationNotAscii", part));
            else found[address.Value] = address;
        }
        if (found.Count > MaxCount) reading.Add(new Problem(field, "TooManyDestinations", MaxCount));
        if (own is not null && found.ContainsKey(own)) reading.Add(new Problem(field, "DestinationIsItself", own));
        return [.. found.Values];
    }

    public static Destination ToRow(EmailAddress address) => new()
    {
        Address = address.Value,
        LocalPart = address.LocalPart.Value,
        DomainName = address.Domain.Value,
    };

    /// <summary>Makes the entry's destinations these: rows that stay are not touched.</summary>
    /// <returns>True when one was added.</returns>
    public static bool Apply(AddressEntry entry, IReadOnlyList<EmailAddress> wanted)
    {
        var values = wanted.Select(a => a.Value).ToHashSet(StringComparer.Ordinal);
        entry.Destinations.RemoveAll(d => !values.Contains(d.Address));
        return Add(entry, wanted);
    }

    /// <summary>Adds those of them that it does not have.</summary>
    /// <returns>True when one was added.</returns>
    public static bool Add(AddressEntry entry, IEnumerable<EmailAddress> wanted)
    {
        var present = entry.Destinations.Select(d => d.Address).ToHashSet(StringComparer.Ordinal);
        var added = wanted.Where(a => present.Add(a.Value)).Select(ToRow).ToList();
        entry.Destinations.AddRange(added);
        return added.Count > 0;
    }
}
