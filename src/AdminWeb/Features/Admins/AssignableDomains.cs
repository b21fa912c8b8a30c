using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Domains;

namespace AdminPanel.Web.Features.Admins;

/// <summary>The choice of domains for a domain admin: boxes to tick while they fit a page, names to type when there are more.</summary>
/// <param name="Names">All hosted and relay domains, the chosen ones first; only the chosen ones when they are typed.</param>
/// <param name="Permissions">As in <see cref="AdminForm.Permissions"/>.</param>
public sealed record AssignableDomains(IReadOnlyList<DomainName> Names, bool AreTyped, IReadOnlyList<string> Chosen, IReadOnlyList<string> Permissions)
{
    private const int Ticked = 100;

    public bool IsChosen(DomainName name) => Chosen.Contains(name.Value, StringComparer.Ordinal);

    /// <summary>Whether the box of a permission is ticked: as chosen, and the usual ones where nothing is chosen yet.</summary>
    public bool Allows(DomainName name, DomainPermissions permission) =>
        Permissions.Any(p => p.StartsWith(name.Value + ":", StringComparison.Ordinal))
            ? Permissions.Contains($"{name.Value}:{DomainPermissionWords.Word(permission)}", StringComparer.Ordinal)
            : DomainPermissions.Usual.HasFlag(permission);

    internal static async Task<AssignableDomains> OfAsync(DomainRows domains, AdminForm form, Actor actor, CancellationToken ct)
    {
        var names = await domains.AssignableNamesAsync(actor, Ticked + 1, ct);
        return names.Count > Ticked
            // More than fit: boxes for those that are assigned already.
            ? new([.. form.Domains.Select(d => DomainName.TryParse(d, out var name) ? name : (DomainName?)null).OfType<DomainName>().Take(Ticked)], AreTyped: true, form.Domains, form.Permissions)
            : new(ChosenFirst(names, form.Domains), AreTyped: false, form.Domains, form.Permissions);
    }

    /// <summary>The boxes as they are stored.</summary>
    internal static List<string> Boxes(IEnumerable<Assignment> stored) =>
        [.. stored.SelectMany(d => d.Permissions.Words().Prepend("").Select(word => $"{d.Name.Value}:{word}"))];

    /// <summary>The boxes of the domains that are chosen; a form sends those of all that it shows.</summary>
    internal static List<string> BoxesOf(AdminForm form) => [.. form.Permissions.Where(box => form.Domains.Contains(box.Split(':')[0], StringComparer.Ordinal))];

    /// <summary>Typed names come as one text with a line each, ticked ones, and permissions, as a value each.</summary>
    internal static List<string> Read(IReadOnlyList<string>? posted) =>
        [.. (posted ?? []).SelectMany(p => (p ?? "").Split((char[])['\n', '\r', ',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))];

    private static List<DomainName> ChosenFirst(IReadOnlyList<DomainName> names, IReadOnlyList<string> chosen) =>
        [.. names.OrderBy(n => !chosen.Contains(n.Value, StringComparer.Ordinal))];
}
