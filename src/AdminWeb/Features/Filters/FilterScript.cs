using System.Text;
using AdminPanel.Web.Features.Scripts;

namespace AdminPanel.Web.Features.Filters;

/// <summary>
/// Rules in the panel's sieve script (RFC 5228; 3894 :copy, 5232 flags, 5490 :create). A rule that ends the others puts them
/// into an "else" instead of saying "stop", so that what stands behind the rules, the vacation reply, still runs.
/// </summary>
public static class FilterScript
{
    /// <summary>The name that Dovecot's namespace has for it here (dovecot.conf).</summary>
    private const string Trash = "Trash";

    /// <param name="rules">In their order; those that are off are left out.</param>
    /// <param name="spam">Where the panel's spam filter marks it, rules that do not ask for it leave it alone.</param>
    /// <returns>Null where none is on.</returns>
    public static ScriptPart? Render(IEnumerable<FilterRule> rules, SpamMark spam)
    {
        var active = rules.Where(r => r.IsOn).ToList();
        if (active.Count == 0) return null;

        var (text, requires) = (new StringBuilder(), new HashSet<string>(StringComparer.Ordinal));
        Append(text, requires, active, "", spam);
        return new ScriptPart(requires, text.ToString());
    }

    private static void Append(StringBuilder text, HashSet<string> requires, IEnumerable<FilterRule> rules, string indent, SpamMark spam)
    {
        var rest = new Queue<FilterRule>(rules);
        void Say(string word)
        {
            var rule = rest.Dequeue();
            text.Append(indent).Append(Comment(rule)).Append(indent).Append(word).Append(Test(rule, spam)).Append(" {\n");
            foreach (var action in Actions(rule, requires)) text.Append(indent).Append("  ").Append(action).Append(";\n");
            text.Append(indent).Append("}\n");
        }

        while (rest.TryPeek(out var rule) && !rule.Stops) Say("if ");
        // Those that end the others, one after the other, are one chain. Pigeonhole takes 32 blocks in one another; 50 rules make 26 at most.
        for (var word = "if "; rest.TryPeek(out var rule) && rule.Stops; word = "elsif ") Say(word);
        if (rest.Count == 0) return;

        text.Append(indent).Append("else {\n");
        Append(text, requires, rest, indent + "  ", spam);
        text.Append(indent).Append("}\n");
    }

    // One line, whatever the name is: a comment ends with it.
    private static string Comment(FilterRule rule) => $"# {string.Concat(rule.Name.Select(c => char.IsControl(c) ? ' ' : c))}\n";

    private static string Test(FilterRule rule, SpamMark spam)
    {
        var tests = rule.Conditions.Select(c => Test(c, spam)).ToList();
        var test = tests is [var only] ? only : $"{(rule.Match == FilterMatch.Any ? "anyof" : "allof")} ({string.Join(", ", tests)})";
        return spam.IsOurs && !rule.LooksAtSpam ? $"allof (not {spam.Test}, {test})" : test;
    }

    private static string Test(FilterCondition condition, SpamMark spam) => condition.Part switch
    {
        FilterPart.From => Address("\"from\"", condition),
        FilterPart.To => Address("[\"to\", \"cc\"]", condition),
        FilterPart.Subject => Compared("header", "\"subject\"", condition),
        FilterPart.Header => Compared("header", SieveText.Quoted(condition.Header!), condition),
        FilterPart.Larger => $"size :over {condition.Value}",
        FilterPart.Smaller => $"size :under {condition.Value}",
        FilterPart.Spam => spam.Test,
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition.Part, null),
    };

    /// <summary>People search for a piece in the name, too; the whole is an address.</summary>
    private static string Address(string headers, FilterCondition condition) =>
        Compared(condition.Test is FilterTest.Contains or FilterTest.ContainsNot ? "header" : "address", headers, condition);

    private static string Compared(string test, string headers, FilterCondition condition)
    {
        var value = condition.Value!;
        return condition.Test switch
        {
            FilterTest.Contains => $"{test} :contains {headers} {SieveText.Quoted(value)}",
            FilterTest.ContainsNot => $"not {test} :contains {headers} {SieveText.Quoted(value)}",
            FilterTest.Is => $"{test} :is {headers} {SieveText.Quoted(value)}",
            FilterTest.IsNot => $"not {test} :is {headers} {SieveText.Quoted(value)}",
            FilterTest.StartsWith => $"{test} :matches {headers} {SieveText.Quoted(SieveText.Literally(value) + "*")}",
            FilterTest.EndsWith => $"{test} :matches {headers} {SieveText.Quoted("*" + SieveText.Literally(value))}",
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition.Test, null),
        };
    }

    private static IEnumerable<string> Actions(FilterRule rule, HashSet<string> requires)
    {
        // Before the mail is stored: a mark holds for what is stored after it.
        string[] flags = [.. rule.MarksRead ? ["\\Seen"] : Array.Empty<string>(), .. rule.Flags ? ["\\Flagged"] : Array.Empty<string>()];
        if (flags.Length > 0)
        {
            requires.Add("imap4flags");
            yield return $"addflag [{string.Join(", ", flags.Select(SieveText.Quoted))}]";
        }
        if (rule.Delivery is FilterDelivery.Move or FilterDelivery.Copy or FilterDelivery.Trash)
        {
            requires.UnionWith(["fileinto", "mailbox"]);
            var copy = rule.Delivery == FilterDelivery.Copy ? ":copy " : "";
            if (copy.Length > 0) requires.Add("copy");
            yield return $"fileinto {copy}:create {SieveText.Quoted(rule.Folder ?? Trash)}";
        }
        if (rule.SendsTo is { } address)
        {
            // Without :copy the message would not be kept here.
            var copy = rule.Delivery == FilterDelivery.Nothing ? "" : ":copy ";
            if (copy.Length > 0) requires.Add("copy");
            yield return $"redirect {copy}{SieveText.Quoted(address)}";
        }
        if (rule.ThrowsAway)
        {
            yield return "discard";
            // Nobody answers what was thrown away either.
            yield return "stop";
        }
    }
}
