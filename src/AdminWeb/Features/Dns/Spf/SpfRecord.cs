using System.Diagnostics.CodeAnalysis;

namespace AdminPanel.Web.Features.Dns.Spf;

/// <summary>An SPF record, read (RFC 7208 section 4.5 and 4.6.1).</summary>
/// <param name="Terms">Mechanisms in order. What stands behind "all" is never reached.</param>
/// <param name="Redirect">Where to go on if no mechanism matches; null is nowhere.</param>
public sealed record SpfRecord(IReadOnlyList<SpfTerm> Terms, SpfTerm? Redirect)
{
    private const string Version = "v=spf1";

    /// <summary>Whether a TXT record is one of SPF, right or wrong; all others under the name are none of its business.</summary>
    public static bool IsSpf(string text) => text.StartsWith(Version, StringComparison.OrdinalIgnoreCase) && (text.Length == Version.Length || text[Version.Length] == ' ');

    /// <param name="fault">The term that is wrong; null where none is.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out SpfRecord? record, out string? fault)
    {
        (record, fault) = (null, null);
        if (!IsSpf(text))
        {
            fault = text;
            return false;
        }
        var (terms, redirect, hasExplanation) = (new List<SpfTerm>(), (SpfTerm?)null, false);
        foreach (var word in text[Version.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            fault = word;
            if (SpfTerm.TryParse(word, out var term))
            {
                terms.Add(term);
                continue;
            }
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !char.IsAsciiLetter(word[0]) || word[..equals].Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))) return false;
            var (name, value) = (word[..equals].ToLowerInvariant(), word[(equals + 1)..]);
            // redirect and exp may be there once; modifiers that nobody knows are ignored (section 6).
            if (name is "redirect" or "exp" && !SpfMacro.IsDomainSpec(value)) return false;
            if (name == "exp" && hasExplanation) return false;
            hasExplanation |= name == "exp";
            if (name != "redirect") continue;
            if (redirect is not null) return false;
            redirect = new SpfTerm(word, '+', SpfKind.Redirect, value, null);
        }
        fault = null;
        record = new SpfRecord(terms, terms.Any(t => t.Kind == SpfKind.All) ? null : redirect);
        return true;
    }
}
