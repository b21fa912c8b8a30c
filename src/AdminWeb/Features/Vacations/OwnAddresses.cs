using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Vacations;

/// <summary>
/// The addresses under which people write to a mailbox: its own, those of aliases that lead to it, over other aliases too,
/// and each of them at the alias domains. Groups and catch-alls are nobody's name, and what another mailbox forwards was
/// written to its owner.
/// </summary>
internal static class OwnAddresses
{
    /// <summary>Addresses that one statement goes back from.</summary>
    private const int Block = 20;

    /// <param name="addressId">Of the mailbox, in the register.</param>
    /// <param name="steps">How many aliases one after the other are followed; each costs statements, and a page may not send many.</param>
    /// <returns>Each once, the nearest first, and no more than one script answers for.</returns>
    public static async Task<IReadOnlyList<string>> OfAsync(AdminDb db, long addressId, CancellationToken ct, int steps = ForwardCheck.MaxDepth)
    {
        var (names, seen) = (new List<string>(), new HashSet<long>());
        IReadOnlyList<Named> level = await NamesAsync(db.Addresses.Where(a => a.Id == addressId), ct);
        for (var step = 0; level.Count > 0 && names.Count < VacationScript.MostAddresses; step++)
        {
            names.AddRange(level.SelectMany(n => n.Spellings));
            if (step == steps) break;

            seen.UnionWith(level.Select(n => n.Id));
            var next = new List<Named>();
            foreach (var some in level.Chunk(Block)) next.AddRange(await NamesAsync(Leading(db, some), ct));
            level = [.. next.DistinctBy(n => n.Id).Where(n => !seen.Contains(n.Id))];
        }
        return [.. names.Distinct(StringComparer.Ordinal).Take(VacationScript.MostAddresses)];
    }

    /// <summary>The aliases that lead to any of these at this moment.</summary>
    private static IQueryable<AddressEntry> Leading(AdminDb db, IEnumerable<Named> to) =>
        to.Select(n => db.LeadingTo(n.Id, n.Address, n.DomainId, n.AliasDomains.Select(d => d.Name)).Select(x => x.FromId)).Aggregate((a, b) => a.Concat(b))
            .Distinct().Join(db.Addresses, id => id, a => a.Id, (_, a) => a).Where(a => a.Kind == AddressKind.Alias && !a.IsGroup).InState(AddressState.Active, db.UtcNow);

    // A row for each alias domain: a list inside of each row needs a key, which what leads here has not.
    private static async Task<List<Named>> NamesAsync(IQueryable<AddressEntry> addresses, CancellationToken ct)
    {
        var rows = await addresses.OrderBy(a => a.Address).Take(VacationScript.MostAddresses)
            .SelectMany(a => a.Domain!.AliasDomains.DefaultIfEmpty(), (a, d) => new { a.Id, a.Address, a.DomainId, Other = (DomainName?)d!.Name, IsActive = (bool?)d.IsActive }).ToListAsync(ct);
        return [.. rows.GroupBy(r => (r.Id, r.Address, r.DomainId)).OrderBy(g => g.Key.Address, StringComparer.Ordinal)
            .Select(g => new Named(g.Key.Id, g.Key.Address, g.Key.DomainId, [.. g.Where(r => r.Other is not null).Select(r => new OtherName(r.Other!.Value, r.IsActive == true))]))];
    }

    private sealed record OtherName(DomainName Name, bool IsActive);

    private sealed record Named(long Id, string Address, long DomainId, List<OtherName> AliasDomains)
    {
        public IEnumerable<string> Spellings => AliasDomains.Where(d => d.IsActive).Select(d => $"{Address[..Address.LastIndexOf('@')]}@{d.Name.Value}").Prepend(Address);
    }
}
