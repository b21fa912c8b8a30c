namespace AdminPanel.Web.Features.Shared;

/// <summary>
/// What the SQL of a page in order of name depends on, where nothing limits the list. Most pages that are asked for are
/// of one of these few shapes, and differ in values alone.
/// </summary>
/// <param name="HasKey">Whether the page begins beside a key.</param>
/// <param name="WalksDown">Whether it is read backwards.</param>
/// <param name="IsOfDomain">Of one domain; else of everything, for somebody who may see everything.</param>
internal sealed record ListShape(bool HasKey, bool WalksDown, bool IsOfDomain)
{
    /// <summary>Null for a page that is none of these.</summary>
    public static ListShape? Of(PageRequest request, AddressWalks walks) =>
        request is { Sort: ListSort.Name, IsFiltered: false, Count: PageRequest.Size } && (walks.DomainIds is [_] || (walks.DomainIds is null && walks.Actor.IsSuperadmin))
            ? new ListShape(request.Place is not null, request.WalksDown, walks.DomainIds is not null)
            : null;

    /// <summary>A request for such a page.</summary>
    public PageRequest Request(string key) => (HasKey, WalksDown) switch
    {
        (false, false) => new PageRequest(),
        (false, true) => new PageRequest { IsLast = true },
        (true, false) => new PageRequest { After = key },
        (true, true) => new PageRequest { Before = key },
    };
}
