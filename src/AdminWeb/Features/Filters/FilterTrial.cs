namespace AdminPanel.Web.Features.Filters;

/// <summary>A message to try rules with: what people know of one before it is there.</summary>
public sealed record TrialMessage(string From, string To, string Subject, bool IsSpam)
{
    public static TrialMessage None { get; } = new("", "", "", IsSpam: false);

    public bool IsEmpty => From.Length + To.Length + Subject.Length == 0 && !IsSpam;
}

/// <summary>What rules would do with a message, as the mail server goes through them. Other lines of the header are taken as absent, the size as nothing.</summary>
public static class FilterTrial
{
    /// <summary>The rules that apply, in their order.</summary>
    /// <param name="isSpamMarked">Whether the panel's spam filter marks spam.</param>
    public static IEnumerable<FilterRule> Applying(IEnumerable<FilterRule> rules, TrialMessage message, bool isSpamMarked)
    {
        foreach (var rule in rules.Where(r => r.IsOn && (!isSpamMarked || !message.IsSpam || r.LooksAtSpam)))
        {
            if (!(rule.Match == FilterMatch.Any ? rule.Conditions.Any(c => Meets(message, c)) : rule.Conditions.All(c => Meets(message, c)))) continue;

            yield return rule;
            if (rule.Stops) yield break;
        }
    }

    private static bool Meets(TrialMessage message, FilterCondition condition) => condition.Part switch
    {
        FilterPart.From => Compares(Values(message.From, condition.Test), condition),
        FilterPart.To => Compares(Values(message.To, condition.Test), condition),
        FilterPart.Subject => Compares([message.Subject.Trim()], condition),
        FilterPart.Header => Compares([], condition),
        FilterPart.Larger => false,
        FilterPart.Smaller => true,
        FilterPart.Spam => message.IsSpam,
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition.Part, null),
    };

    /// <summary>The whole line where a piece is searched for, else each address in it: "Name &lt;a@example.org&gt;, b@example.org".</summary>
    private static IEnumerable<string> Values(string line, FilterTest test) =>
        test is FilterTest.Contains or FilterTest.ContainsNot ? [line] : line.Split(',').Select(part => part[(part.LastIndexOf('<') + 1)..].Split('>')[0].Trim());

    private static bool Compares(IEnumerable<string> values, FilterCondition condition)
    {
        // RFC 5228 section 2.7.3, i;ascii-casemap.
        var wanted = Ascii(condition.Value!);
        return condition.Test switch
        {
            FilterTest.Contains => values.Any(v => Ascii(v).Contains(wanted, StringComparison.Ordinal)),
            FilterTest.ContainsNot => !values.Any(v => Ascii(v).Contains(wanted, StringComparison.Ordinal)),
            FilterTest.Is => values.Any(v => Ascii(v) == wanted),
            FilterTest.IsNot => !values.Any(v => Ascii(v) == wanted),
            FilterTest.StartsWith => values.Any(v => Ascii(v).StartsWith(wanted, StringComparison.Ordinal)),
            FilterTest.EndsWith => values.Any(v => Ascii(v).EndsWith(wanted, StringComparison.Ordinal)),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition.Test, null),
        };
    }

    private static string Ascii(string text) => string.Create(text.Length, text, static (letters, from) => { for (var i = 0; i < from.Length; i++) letters[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i]; });
}
