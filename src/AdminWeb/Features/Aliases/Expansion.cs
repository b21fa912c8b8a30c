using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>How Postfix's expansion of an accepted address ends.</summary>
internal enum ExpansionEnd
{
    Complete,

    /// <summary>Mail comes back to where it was: virtual_alias_recursion_limit or virtual_alias_expansion_limit stops it, and the message is deferred.</summary>
    Circle,

    /// <summary>virtual_alias_expansion_limit: the message is deferred.</summary>
    TooMany,
}

/// <summary>
/// What cleanup(8) makes of one recipient: the loop of cleanup_map1n_internal in Postfix's cleanup_map1n.c, which
/// replaces each address by the answers of virtual_alias_maps until one is its own answer or has none.
/// </summary>
/// <param name="Count">Addresses in the end. Postfix counts one that is reached in two ways twice, and a copy once for each address it is forwarded to.</param>
/// <param name="Way">For a circle: the way into it and once around.</param>
/// <param name="DeadEnds">Ways to addresses that are left as they are and that no mailbox has: LMTP refuses them, and the mail is bounced. And to those of relay domains that are not served.</param>
internal sealed record Expansion(ExpansionEnd End, int Count, IReadOnlyList<Hop> Way, IReadOnlyList<IReadOnlyList<Hop>> DeadEnds)
{
    /// <summary>
    /// virtual_alias_recursion_limit and virtual_alias_expansion_limit in postconf(5): beyond either the mail is deferred
    /// for days. The one place of this number outside of the lookup table, which refuses a group beyond it.
    /// </summary>
    public const int Limit = 1000;

    /// <summary>An address, and the one whose answer it is.</summary>
    private sealed record Step(Hop Hop, Step? From)
    {
        public List<Hop> Way()
        {
            var way = new List<Hop>();
            for (var step = this; step is not null; step = step.From) way.Add(step.Hop);
            way.Reverse();
            return way;
        }

        /// <summary>The way until it comes back to an owner that is already on it; null where it does not.</summary>
        public List<Hop>? Circle()
        {
            var (way, seen) = (Way(), new HashSet<AddressNode>());
            var end = way.FindIndex(hop => hop.Owner is not null && !seen.Add(hop.Owner));
            return end < 0 ? null : way[..(end + 1)];
        }
    }

    /// <summary>What becomes of its mail now.</summary>
    public static Expansion Of(AddressNode origin) => Of(origin, node => node.Answers);

    /// <summary>What would become of it if all that is inactive were active.</summary>
    public static Expansion OfAll(AddressNode origin) => Of(origin, node => node.PossibleAnswers);

    private static Expansion Of(AddressNode origin, Func<AddressNode, IEnumerable<AddressEdge>> answersOf)
    {
        var open = new List<Step> { new(Hop.Of(origin), null) };
        var dead = new List<IReadOnlyList<Hop>>();
        var itself = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < open.Count; at++)
        {
            if (open.Count > Limit) return Beyond(open);

            for (var depth = 0; !itself.Contains(open[at].Hop.Address); depth++)
            {
                // Postfix looks at the number before the next address only, but it never gets smaller.
                if (open.Count > Limit) return Beyond(open);
                if (depth >= Limit) return Beyond([open[at]]);
                if (open[at].Hop.Owner is not { } owner || (owner.Out.Count == 0 && owner.Stores)) break;
                if (owner.Kind == AddressKind.RelayRecipient)
                {
                    if (owner.IsUnserved) dead.Add(open[at].Way());
                    break;
                }

                var answers = answersOf(owner).ToList();
                if (answers.Count == 0)
                {
                    if (!owner.Stores) dead.Add(open[at].Way());
                    break;
                }
                Replace(open, at, owner, answers, itself);
            }
        }
        return new Expansion(ExpansionEnd.Complete, open.Count, [], dead);
    }

    private static void Replace(List<Step> open, int at, AddressNode owner, List<AddressEdge> answers, HashSet<string> itself)
    {
        var from = open[at];
        for (var n = 0; n < answers.Count; n++)
        {
            var next = new Step(Hop.Of(answers[n]), from);
            if (n == 0) open[at] = next;
            else open.Add(next);

            if (!owner.Stores) continue;

            open.Add(from);
            itself.Add(from.Hop.Address);
        }
    }

    private static Expansion Beyond(List<Step> open)
    {
        var circle = open.Select(step => step.Circle()).FirstOrDefault(way => way is not null);
        return circle is null ? new Expansion(ExpansionEnd.TooMany, open.Count, [], []) : new Expansion(ExpansionEnd.Circle, open.Count, circle, []);
    }
}
