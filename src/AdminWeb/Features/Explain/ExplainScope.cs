using AdminPanel.Data.Access;

namespace AdminPanel.Web.Features.Explain;

/// <summary>What of an explanation somebody may see: addresses of domains that are not the actor's are "…".</summary>
internal static class ExplainScope
{
    public const string Hidden = "…";

    public static Explanation SeenBy(this Explanation all, Actor actor, IReadOnlyDictionary<string, AddressFacts> facts)
    {
        if (actor.IsSuperadmin) return all;

        return all with
        {
            Steps = [.. all.Steps.Select(s => IsSeen(s.Address) ? s with { Answers = Shown(s.Answers), LeftOut = [.. s.LeftOut.Select(l => l with { Address = Show(l.Address) })], Lookups = [.. s.Lookups.Select(l => l with { Answers = Shown(l.Answers) })] } : Blank(s))],
            Endings = [.. all.Endings.Select(e => IsSeen(e.Address) ? e : new Ending(e.Kind, Hidden)).Distinct()],
            Senders = [.. all.Senders.Select(s => s with { Login = ShowLogin(s.Login) }).Distinct()],
        };

        // Addresses of other hosts are nobody's.
        bool IsSeen(string address) => facts.GetValueOrDefault(address) is not { Domain: { } domain } || ((domain.Allowed ?? DomainPermissions.None) & ExplainAddress.Sees) != 0;

        string Show(string address) => IsSeen(address) ? address : Hidden;

        // What was granted may be from anywhere, and is read by its address alone.
        string ShowLogin(string login) => facts.ContainsKey(login) ? Show(login) : IsOfSameDomain(login) ? login : Hidden;

        bool IsOfSameDomain(string login) => facts[all.Address].Domain is { } domain && login[(login.LastIndexOf('@') + 1)..] == (domain.Target ?? domain).Name;

        IReadOnlyList<string> Shown(IReadOnlyList<string> addresses) => [.. addresses.Select(Show).Distinct(StringComparer.Ordinal)];
    }

    private static ExplainStep Blank(ExplainStep step) => new(Hidden, null, null, null, [], [], step.Silence, []);
}
