namespace AdminPanel.Web.Features.Dns.Spf;

/// <summary>One record out of those that a domain has and the one it needs: there must be one (RFC 7208 section 3.2).</summary>
public static class SpfMerge
{
    /// <param name="wanted">"v=spf1 mx -all".</param>
    /// <param name="found">Texts under the name; those that are no SPF record are nobody's business.</param>
    /// <returns>All terms that are there, each once and in their order, with ours before "all"; null where there is nothing to keep, or what is there cannot be read or would contradict itself.</returns>
    public static string? Of(string wanted, IEnumerable<string> found)
    {
        var terms = new List<string>();
        var ends = new List<string>();
        foreach (var text in found.Where(SpfRecord.IsSpf))
        {
            if (!SpfRecord.TryParse(text, out _, out _)) return null;
            foreach (var word in Words(text)) (IsEnd(word) ? ends : terms).Add(word);
        }
        // Of two ends nobody but the owner knows which one is meant, unless one only is stricter.
        var end = ends.Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(Strictness).ToList();
        var isElsewhere = end.Any(e => Strictness(e) < 0);
        if ((terms.Count == 0 && !isElsewhere) || (isElsewhere && end.Count > 1)) return null;

        return string.Join(' ', ["v=spf1", .. terms.Concat(Words(wanted).Where(word => !IsEnd(word))).Distinct(StringComparer.OrdinalIgnoreCase), .. end.Take(1)]);
    }

    private static IEnumerable<string> Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1);

    private static bool IsEnd(string word) => Strictness(word) is not null;

    // The gentlest first: what was let through must not be refused by a merge. Below 0: it decides by another record.
    private static int? Strictness(string word) => word.ToLowerInvariant() switch
    {
        "all" or "+all" => 0,
        "?all" => 1,
        "~all" => 2,
        "-all" => 3,
        var other when other.StartsWith("redirect=", StringComparison.Ordinal) => -1,
        _ => null,
    };
}
