using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Vacations;

/// <summary>
/// A vacation reply as a sieve script (RFC 5228, 5230, 5260). That lists, bulk mail and daemons are not answered is the
/// vacation action's own rule (RFC 5230 section 4.6); who says in the address that nobody reads it is left out here.
/// </summary>
public static partial class VacationScript
{
    /// <summary>The first line, by which the panel knows its own script.</summary>
    public const string Mark = "# Kept by the mail panel: what is changed here is lost.";

    /// <summary>Addresses that one script answers for; Pigeonhole compares each of them with each recipient of a message.</summary>
    public const int MostAddresses = 100;

    /// <param name="addresses">What the mailbox answers for, its own address among them. Those that no message can have in its header are left out.</param>
    public static string Render(Vacation vacation, IReadOnlyList<string> addresses)
    {
        var conditions = new List<string> { "not address :localpart :is \"from\" [\"noreply\", \"no-reply\", \"donotreply\", \"do-not-reply\"]" };
        if (vacation.FirstDay is { } first) conditions.Add(Today("ge", first));
        if (vacation.LastDay is { } last) conditions.Add(Today("le", last));
        var names = addresses.Where(a => Plain().IsMatch(a)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostAddresses);
        var subject = vacation.Subject is { } words ? $" :subject {Quoted(words)}" : "";
        return $$"""
            {{Mark}}
            require ["date", "relational", "vacation"];
            if allof (
              {{string.Join(",\n  ", conditions)}}
            ) {
              vacation :days {{vacation.Days.ToString(CultureInfo.InvariantCulture)}}{{subject}}
                :addresses [{{string.Join(", ", names.Select(Quoted))}}]
                {{Quoted(vacation.Text)}};
            }

            """.ReplaceLineEndings("\r\n");
    }

    private static string Today(string relation, DateOnly day) =>
        $"currentdate :zone \"+0000\" :value \"{relation}\" \"date\" {Quoted(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))}";

    /// <summary>
    /// A quoted string (RFC 5228 section 2.4.2): only the quote and the backslash mean something in it, as the script
    /// requires neither "variables" nor "encoded-character". NUL cannot stand in one.
    /// </summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\');
            if (c != '\0') quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    // RFC 5322 section 3.4.1, dot-atom: another one must be quoted in a header, and would not compile here.
    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9.-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
