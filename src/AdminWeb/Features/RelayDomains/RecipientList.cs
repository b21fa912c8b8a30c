using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>Recipients of a relay domain as people paste them: addresses in it, or local parts alone, separated by line ends, commas, semicolons or spaces.</summary>
internal static class RecipientList
{
    /// <summary>At once; the list itself may be longer.</summary>
    public const int MaxCount = 10_000;

    // Of a list with a wrong column every line is wrong: the first ones say it.
    private const int MaxProblems = 10;

    private static readonly char[] Separators = ['\n', '\r', ',', ';', ' ', '\t'];

    /// <summary>Addresses in normal form, each once, in order. What is wrong goes to <paramref name="reading"/>.</summary>
    public static List<string> Read(Reading reading, string field, string? text, DomainName domain)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var parts = (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) reading.Add(new Problem(field, "RecipientsEmpty"));
        if (parts.Length > MaxCount) reading.Add(new Problem(field, "TooManyRecipients", MaxCount));
        else foreach (var part in parts)
        {
            if (reading.Problems.Count >= MaxProblems) break;
            if (ReadOne(part, domain) is var (address, problem) && problem is not null) reading.Add(new Problem(field, problem, part, domain.Unicode));
            else found.Add(address!);
        }
        return [.. found];
    }

    private static (string? Address, string? Problem) ReadOne(string part, DomainName domain)
    {
        var whole = part.Contains('@', StringComparison.Ordinal) ? part : $"{part}@{domain.Value}";
        if (!EmailAddress.TryParse(whole, out var address, out var fault)) return (null, $"Destination{fault}");
        if (address.Domain != domain) return (null, "RecipientElsewhere");

        return address.LocalPart.IsAscii ? (address.Value, null) : (null, "DestinationNotAscii");
    }
}
