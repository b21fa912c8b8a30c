using AdminPanel.Data;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>What Postfix makes of a domain's group, counted as virtual_alias_maps counts it.</summary>
/// <param name="Members">Mailboxes of the domain that are active now.</param>
/// <param name="Addresses">Members, with two for each destination of one that forwards: it may keep a copy, which Postfix counts again.</param>
public sealed record GroupSize(int Members, int Addresses)
{
    /// <summary>From here on people are told, while there is time to divide it.</summary>
    public const int Warning = 900;

    /// <summary>Mailboxes in any state that a form counts.</summary>
    private const int MostCounted = 4 * Expansion.Limit;

    /// <summary>False: the lookup table refuses its mail, which would be accepted and hang.</summary>
    public bool Fits => Addresses <= Expansion.Limit;

    public bool IsNearLimit => Fits && Addresses >= Warning;

    /// <summary>One more mailbox, and the mail of the domain's groups is refused.</summary>
    public bool IsFull => Addresses == Expansion.Limit;

    /// <summary>Of a group in this domain, whether there is one or not.</summary>
    internal static async Task<GroupSize> OfAsync(AdminDb db, long domainId, CancellationToken ct) =>
        (await OfAsync(db, db.Domains.Where(d => d.Id == domainId), domainId, ct))!;

    /// <summary>Null where the domain has no group, or so many mailboxes that its groups are none any more.</summary>
    internal static Task<GroupSize?> OfGroupsAsync(AdminDb db, long domainId, CancellationToken ct)
    {
        var groups = db.Addresses.Where(a => a.IsGroup && a.DomainId == domainId && a.Kind == AddressKind.Alias && a.IsActive);
        return OfAsync(db, db.Domains.Where(d => d.Id == domainId && d.MailboxCount <= MostCounted && groups.Any()), domainId, ct);
    }

    private static async Task<GroupSize?> OfAsync(AdminDb db, IQueryable<MailDomain> domain, long domainId, CancellationToken ct)
    {
        var members = db.Addresses.Where(a => a.DomainId == domainId && a.Kind == AddressKind.Mailbox).InState(AddressState.Active, db.UtcNow);
        var counted = await domain.Select(d => new
        {
            Members = members.Count(),
            Alone = members.Count(m => !m.Destinations.Any()),
            Forwards = members.SelectMany(m => m.Destinations).Count(),
        }).SingleOrDefaultAsync(ct);
        return counted is null ? null : new GroupSize(counted.Members, counted.Alone + 2 * counted.Forwards);
    }
}
