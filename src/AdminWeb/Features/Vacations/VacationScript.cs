using System.Globalization;
using System.Text.RegularExpressions;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Scripts;

namespace AdminPanel.Web.Features.Vacations;

/// <summary>
/// A vacation reply in the panel's sieve script (RFC 5228, 5230, 5260). That lists, bulk mail and daemons are not answered is the
/// vacation action's own rule (RFC 5230 section 4.6); who says in the address that nobody reads it is left out here.
/// </summary>
public static partial class VacationScript
{
    /// <summary>Addresses that one script answers for; Pigeonhole compares each of them with each recipient of a message.</summary>
    public const int MostAddresses = 100;

    /// <param name="addresses">What the mailbox answers for, its own address among them. Those that no message can have in its header are left out.</param>
    /// <param name="spam">Nobody answers it, where the panel's spam filter marks it.</param>
    public static ScriptPart Render(Vacation vacation, IReadOnlyList<string> addresses, SpamMark spam)
    {
        var conditions = new List<string> { "not address :localpart :is \"from\" [\"noreply\", \"no-reply\", \"donotreply\", \"do-not-reply\"]" };
        if (spam.IsOurs) conditions.Add($"not {spam.Test}");
        if (vacation.FirstDay is { } first) conditions.Add(Today("ge", first));
        if (vacation.LastDay is { } last) conditions.Add(Today("le", last));
        var names = addresses.Where(a => Plain().IsMatch(a)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostAddresses);
        var subject = vacation.Subject is { } words ? $" :subject {SieveText.Quoted(words)}" : "";
        return new(["date", "relational", "vacation"], $$"""
            if allof (
              {{string.Join(",\n  ", conditions)}}
            ) {
              vacation :days {{vacation.Days.ToString(CultureInfo.InvariantCulture)}}{{subject}}
                :addresses [{{string.Join(", ", names.Select(SieveText.Quoted))}}]
                {{SieveText.Quoted(vacation.Text)}};
            }

            """);
    }

    private static string Today(string relation, DateOnly day) =>
        $"currentdate :zone \"+0000\" :value \"{relation}\" \"date\" {SieveText.Quoted(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))}";

    // RFC 5322 section 3.4.1, dot-atom: another one must be quoted in a header, and would not compile here.
    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9.-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
