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

    public static Forwarders None { get; } = new(0, [], 0, []);

    internal static async Task<Forwarders> OfAsync(AdminDb db, EmailAddress address, long domainId, Actor actor, CancellationToken ct)
    {
        var aliasDomains = await db.Domains.Where(d => d.TargetId == domainId).Select(d => d.Name).ToListAsync(ct);
        IReadOnlyList<string> spellings = [address.Value, .. aliasDomains.Select(d => new EmailAddress(address.LocalPart, d).Value)];

        var all = db.Destinations.Where(d => spellings.Contains(d.Address)).Select(d => d.Entry!).Distinct();
        // A mailbox that keeps a copy has itself left.
        var dead = all.Where(a => !a.Destinations.Any(d => !spellings.Contains(d.Address)) && (a.Kind != AddressKind.Mailbox || !a.Mailbox!.KeepsCopy));
        var shorter = all.Where(a => a.Destinations.Any(d => !spellings.Contains(d.Address)) || (a.Kind == AddressKind.Mailbox && a.Mailbox!.KeepsCopy));
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
