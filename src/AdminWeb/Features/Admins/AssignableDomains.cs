using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Domains;

namespace AdminPanel.Web.Features.Admins;

/// <summary>The choice of domains for a domain admin: boxes to tick while they fit a page, names to type when there are more.</summary>
/// <param name="Names">All hosted domains, the chosen ones first; empty when they are typed.</param>
public sealed record AssignableDomains(IReadOnlyList<DomainName> Names, bool AreTyped, IReadOnlyList<string> Chosen)
{
    private const int Ticked = 100;

    public bool IsChosen(DomainName name) => Chosen.Contains(name.Value, StringComparer.Ordinal);

    internal static async Task<AssignableDomains> OfAsync(DomainRows domains, IReadOnlyList<string> chosen, Actor actor, CancellationToken ct)
    {
        var names = await domains.NamesAsync(actor, ct, Ticked + 1);
        return names.Count > Ticked ? new([], AreTyped: true, chosen) : new(ChosenFirst(names, chosen), AreTyped: false, chosen);
    }

    /// <summary>Typed names come as one text with a line each, ticked ones as a value each.</summary>
    internal static List<string> Read(IReadOnlyList<string>? posted) =>
        [.. (posted ?? []).SelectMany(p => (p ?? "").Split((char[])['\n', '\r', ',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))];

    private static List<DomainName> ChosenFirst(IReadOnlyList<DomainName> names, IReadOnlyList<string> chosen) =>
        [.. names.OrderBy(n => !chosen.Contains(n.Value, StringComparer.Ordinal))];
}
