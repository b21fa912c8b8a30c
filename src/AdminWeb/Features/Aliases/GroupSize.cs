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

    /// <summary>False: the lookup table refuses its mail, which would be accepted and hang.</summary>
    public bool Fits => Addresses <= Expansion.Limit;

    public bool IsNearLimit => Fits && Addresses >= Warning;

    internal static async Task<GroupSize> OfAsync(AdminDb db, long domainId, CancellationToken ct)
    {
        var members = db.Addresses.Where(a => a.DomainId == domainId && a.Kind == AddressKind.Mailbox).InState(AddressState.Active, db.UtcNow);
        var counted = await db.Domains.Where(d => d.Id == domainId).Select(d => new
        {
            Members = members.Count(),
            Alone = members.Count(m => !m.Destinations.Any()),
            Forwards = members.SelectMany(m => m.Destinations).Count(),
        }).SingleAsync(ct);
        return new GroupSize(counted.Members, counted.Alone + 2 * counted.Forwards);
    }
}
