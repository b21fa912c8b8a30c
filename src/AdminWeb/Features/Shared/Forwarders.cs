using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Shared;

/// <summary>
/// What forwards to an address that is to go. Names are the first <see cref="Shown"/> that the actor may see; counts
/// are of all, since somebody else's aliases lose a destination too.
/// </summary>
/// <param name="DeadCount">Aliases and forwards that have no other destination: their mail will be refused.</param>
/// <param name="ShorterCount">Those that have others left.</param>
public sealed record Forwarders(int DeadCount, IReadOnlyList<string> Dead, int ShorterCount, IReadOnlyList<string> Shorter)
{
    public const int Shown = 20;

    internal static async Task<Forwarders> OfAsync(AdminDb db, EmailAddress address, long domainId, Actor actor, CancellationToken ct)
    {
        var aliasDomains = await db.Domains.Where(d => d.TargetId == domainId).Select(d => d.Name).ToListAsync(ct);
        IReadOnlyList<string> spellings = [address.Value, .. aliasDomains.Select(d => new EmailAddress(address.LocalPart, d).Value)];

        var all = db.Destinations.Where(d => spellings.Contains(d.Address)).Select(d => d.Entry!).Distinct();
        // A mailbox that keeps a copy has itself left.
        var dead = all.Where(a => !a.Destinations.Any(d => !spellings.Contains(d.Address)) && (a.Kind != AddressKind.Mailbox || !a.Mailbox!.KeepsCopy));
        var shorter = all.Where(a => a.Destinations.Any(d => !spellings.Contains(d.Address)) || (a.Kind == AddressKind.Mailbox && a.Mailbox!.KeepsCopy));
        return new Forwarders(
            await dead.CountAsync(ct), await FirstAsync(dead, actor, ct),
            await shorter.CountAsync(ct), await FirstAsync(shorter, actor, ct));
    }

    private static async Task<List<string>> FirstAsync(IQueryable<AddressEntry> entries, Actor actor, CancellationToken ct) =>
        await entries.VisibleTo(actor).Select(a => a.Address).OrderBy(a => a).Take(Shown).ToListAsync(ct);
}
