namespace AdminPanel.Web.Features.Shared;

/// <summary>The line above a table.</summary>
/// <param name="Hint">What the field filters by.</param>
/// <param name="HasStates">Whether the list knows active and inactive.</param>
/// <param name="HasDates">Whether its rows have dates, too.</param>
/// <param name="HasInside">Whether the text may be looked for anywhere in a row.</param>
public sealed record FilterForm(ListQuery Query, string Hint, bool HasStates = true, bool HasDates = false, bool HasInside = false)
{
    /// <summary>What the list can be limited to beside that.</summary>
    public IReadOnlyList<ListOnly> Only { get; init; } = [];

    /// <summary>Whether the list knows the tags of domains.</summary>
    public bool TakesTag { get; init; }

    /// <summary>Whether its page offers tags of its own to limit it to.</summary>
    public bool HasTags { get; init; }

    public static FilterForm OfDomains(ListQuery query, string hint) => new(query, hint, HasInside: true) { Only = [ListOnly.OverPool, ListOnly.Empty, ListOnly.DnsWrong, ListOnly.DkimWaiting, ListOnly.DkimRetired], TakesTag = true, HasTags = true };

    public static FilterForm OfMailboxes(ListQuery query, string hint) => new(query, hint, HasDates: true, HasInside: true)
    {
        Only = [ListOnly.NearlyFull, ListOnly.NeverUsed, ListOnly.PasswordEnding, ListOnly.Ending, ListOnly.Refused, ListOnly.WelcomeRefused],
        TakesTag = true,
    };

    public static FilterForm OfAliases(ListQuery query, string hint) => new(query, hint, HasDates: true, HasInside: true)
    {
        Only = [ListOnly.CatchAlls, ListOnly.Groups, ListOnly.Ending],
        TakesTag = true,
    };

    public static FilterForm OfAliasDomains(ListQuery query, string hint) => new(query, hint) { Only = [ListOnly.TargetStopped, ListOnly.DnsWrong, ListOnly.DkimWaiting, ListOnly.DkimRetired] };

    public static FilterForm OfRelayDomains(ListQuery query, string hint) => new(query, hint) { Only = [ListOnly.NoRecipients] };

    public static FilterForm OfAdmins(ListQuery query, string hint) => new(query, hint) { Only = [ListOnly.Superadmins, ListOnly.DomainAdmins] };

    public static FilterForm OfRecycleBin(ListQuery query, string hint) => new(query, hint, HasStates: false) { Only = [ListOnly.Mailboxes, ListOnly.Aliases, ListOnly.Domains] };
}
