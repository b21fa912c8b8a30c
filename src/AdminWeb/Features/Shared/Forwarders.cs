using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
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

    public static Forwarders None { get; } = new(0, [], 0, []);

    /// <param name="id">In the register.</param>
    internal static async Task<Forwarders> OfAsync(AdminDb db, long id, string address, long domainId, Actor actor, CancellationToken ct)
    {
        var leading = await db.LeadingToAsync(id, address, domainId, ct);
        var all = leading.GroupBy(x => x.FromId).Select(x => new { x.Key, Lost = x.Count() }).Join(db.Addresses, x => x.Key, a => a.Id, (x, a) => new { Entry = a, x.Lost });
        // A mailbox that keeps a copy has itself left.
        var dead = all.Where(x => x.Lost == x.Entry.Destinations.Count && (x.Entry.Kind != AddressKind.Mailbox || !x.Entry.Mailbox!.KeepsCopy)).Select(x => x.Entry);
        var shorter = all.Where(x => x.Lost < x.Entry.Destinations.Count || (x.Entry.Kind == AddressKind.Mailbox && x.Entry.Mailbox!.KeepsCopy)).Select(x => x.Entry);
        // Both counts in one command, and both lists of names in another.
        var counts = await db.Domains.Where(d => d.Id == domainId).Select(d => new { Dead = dead.Count(), Shorter = shorter.Count() }).SingleAsync(ct);
        if (counts is { Dead: 0, Shorter: 0 }) return None;

        var names = await First(dead, actor, isDead: true).Concat(First(shorter, actor, isDead: false)).OrderBy(n => n.Address).ToListAsync(ct);
        return new Forwarders(
            counts.Dead, [.. names.Where(n => n.IsDead).Select(n => n.Address)],
            counts.Shorter, [.. names.Where(n => !n.IsDead).Select(n => n.Address)]);
    }

    private static IQueryable<NameOf> First(IQueryable<AddressEntry> entries, Actor actor, bool isDead) =>
        entries.VisibleTo(actor).OrderBy(a => a.Address).Take(Shown).Select(a => new NameOf { IsDead = isDead, Address = a.Address });

    private sealed record NameOf
    {
        public bool IsDead { get; init; }

        public string Address { get; init; } = "";
    }
}
