using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>
/// Where the mail of one address goes in the end. The walk starts at its destinations and asks two questions a level,
/// one about all domains and one about all addresses of that level, so its cost follows what the address reaches and
/// not how many aliases there are.
/// </summary>
internal sealed class AliasGraph(AdminDb db)
{
    /// <summary>virtual_alias_recursion_limit and virtual_alias_expansion_limit in postconf(5): beyond either the mail is deferred for days.</summary>
    public const int Limit = 1000;

    private const int NamesShown = 12;
    private const int TooMany = 1_000_000;

    private readonly Dictionary<string, Place> domains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Node?> nodes = new(StringComparer.Ordinal);

    // A domain of ours, as the lookup tables see it; null is somebody else's.
    private sealed record Place(string? Target, bool IsOurs);

    // Keeps: its own address is among the answers, which ends Postfix's recursion there.
    private sealed record Node(string Owner, IReadOnlyList<string> Destinations, bool Keeps);

    /// <summary>What is wrong with an address that would have these destinations; null when mail for it comes to an end.</summary>
    /// <param name="keeps">Whether it stores a copy itself, which ends a circle.</param>
    public async Task<Problem?> CheckAsync(string field, string address, IReadOnlyList<string> destinations, bool keeps, CancellationToken ct)
    {
        var origin = new Node(address, destinations, keeps);
        nodes[address] = origin;
        await LoadAsync(origin, ct);
        if (Circle(address) is { } circle) return new Problem(field, "AliasLoop", string.Join(" → ", Shortened(circle)));

        var reached = Reached(address, new(StringComparer.Ordinal));
        return reached > Limit ? new Problem(field, "ExpandsTooFar", reached, Limit) : null;
    }

    /// <summary>The same for a mailbox's forwards; nothing is asked for one that forwards nowhere.</summary>
    public static async Task<Problem?> CheckForwardsAsync(
        AdminDb db, string field, string address, IReadOnlyList<EmailAddress> forwards, bool keepsCopy, CancellationToken ct) =>
        forwards.Count == 0 ? null : await new AliasGraph(db).CheckAsync(field, address, [.. forwards.Select(f => f.Value)], keepsCopy, ct);

    private async Task LoadAsync(Node origin, CancellationToken ct)
    {
        var wanted = origin.Destinations.Where(a => !nodes.ContainsKey(a)).Distinct(StringComparer.Ordinal).ToList();
        for (var level = 0; level < Limit && wanted.Count > 0 && nodes.Count <= 4 * Limit; level++)
        {
            await LoadDomainsAsync([.. wanted.Select(DomainOf)], ct);
            var spellings = wanted.ToDictionary(a => a, Spellings, StringComparer.Ordinal);
            IReadOnlyList<string> keys = [.. spellings.Values.SelectMany(s => s).Distinct(StringComparer.Ordinal)];
            var found = await db.Addresses.Where(a => keys.Contains(a.Address)).Select(a => new
            {
                a.Address,
                GroupOf = a.IsGroup ? a.DomainId : (long?)null,
                Keeps = a.Kind == AddressKind.Mailbox && (a.Mailbox!.KeepsCopy || a.Destinations.Count == 0),
                Destinations = a.Destinations.Select(d => d.Address).ToList(),
            }).ToDictionaryAsync(a => a.Address, StringComparer.Ordinal, ct);
            var members = await MembersAsync([.. found.Values.Select(a => a.GroupOf).OfType<long>()], ct);
            foreach (var address in wanted)
            {
                // Whoever owns it first decides, as in virtual_alias_maps. What is stored of the origin is the old state.
                var owner = spellings[address].FirstOrDefault(s => s == origin.Owner || found.ContainsKey(s));
                nodes[address] = owner is null ? null : owner == origin.Owner ? origin : new Node(owner, found[owner].GroupOf is { } group ? [.. members[group]] : found[owner].Destinations, found[owner].Keeps);
            }
            wanted = [.. wanted.SelectMany(a => nodes[a]?.Destinations ?? []).Where(a => !nodes.ContainsKey(a)).Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>Who is in the groups of these domains.</summary>
    private async Task<ILookup<long, string>> MembersAsync(IReadOnlyList<long> domainIds, CancellationToken ct)
    {
        var members = db.Addresses.Where(a => domainIds.Contains(a.DomainId) && a.Kind == AddressKind.Mailbox).InState(AddressState.Active, db.UtcNow);
        return (domainIds.Count == 0 ? [] : await members.Select(a => new { a.DomainId, a.Address }).ToListAsync(ct)).ToLookup(a => a.DomainId, a => a.Address);
    }

    private async Task LoadDomainsAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        IReadOnlyList<DomainName> unknown = [.. names.Where(n => !domains.ContainsKey(n)).Distinct(StringComparer.Ordinal).Select(DomainName.Parse)];
        if (unknown.Count == 0) return;

        foreach (var name in unknown) domains[name.Value] = new Place(null, IsOurs: false);
        foreach (var found in await db.Domains.Where(d => unknown.Contains(d.Name)).Select(d => new { d.Name, Target = (DomainName?)d.Target!.Name }).ToListAsync(ct))
            domains[found.Name.Value] = new Place(found.Target?.Value, IsOurs: true);
    }

    /// <summary>The addresses that may own one, the first that exists wins: itself, without its extension, both at the target domain, the catch-alls.</summary>
    private List<string> Spellings(string address)
    {
        var domain = DomainOf(address);
        var place = domains[domain];
        if (!place.IsOurs) return [];

        var local = address[..address.LastIndexOf('@')];
        var plus = local.IndexOf('+', StringComparison.Ordinal);
        List<string> locals = plus > 0 ? [local, local[..plus]] : [local];
        List<string> names = place.Target is { } target ? [domain, target] : [domain];
        return [.. names.SelectMany(n => locals.Select(l => $"{l}@{n}")), .. names.Select(n => $"@{n}")];
    }

    /// <summary>The first way that comes back to an address on it without meeting one that keeps a copy; null where there is none.</summary>
    private List<string>? Circle(string start)
    {
        var path = new List<string>();
        var onPath = new HashSet<string>(StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var stack = new Stack<(string Address, int Next)>();
        // What one that keeps a copy forwards to is another way: a circle through that one ends there.
        var starts = new Stack<string>([start]);
        while (stack.Count > 0 || starts.Count > 0)
        {
            var (address, next) = stack.Count > 0 ? stack.Pop() : (starts.Pop(), 0);
            var node = nodes.GetValueOrDefault(address);
            var owner = node?.Owner ?? address;
            if (next == 0)
            {
                if (onPath.Contains(owner)) return [.. path.SkipWhile(a => a != owner), owner];
                if (node is null || !done.Add(owner)) continue;
                if (node.Keeps)
                {
                    foreach (var destination in node.Destinations) starts.Push(destination);
                    continue;
                }

                path.Add(owner);
                onPath.Add(owner);
            }
            if (next < node!.Destinations.Count)
            {
                stack.Push((address, next + 1));
                // A catch-all is no answer to itself: such a destination is left out until somebody owns it.
                if (owner[0] != '@' || nodes.GetValueOrDefault(node.Destinations[next])?.Owner != owner) stack.Push((node.Destinations[next], 0));
                continue;
            }
            path.RemoveAt(path.Count - 1);
            onPath.Remove(owner);
        }
        return null;
    }

    /// <summary>
    /// How many addresses Postfix makes of one. It counts an address that is reached in two ways twice, and a copy once
    /// for each address it is forwarded to (cleanup_map1n.c); past the limit the exact number is of no interest.
    /// </summary>
    private int Reached(string address, Dictionary<string, int> known)
    {
        var node = nodes.GetValueOrDefault(address);
        if (node is null || node.Destinations.Count == 0) return 1;
        if (known.TryGetValue(node.Owner, out var reached)) return reached;

        // Whoever comes back here meets a copy, which is one address.
        known[node.Owner] = 1;
        foreach (var destination in node.Destinations) reached = Math.Min(TooMany, reached + Reached(destination, known) + (node.Keeps ? 1 : 0));
        return known[node.Owner] = reached;
    }

    private static IEnumerable<string> Shortened(List<string> circle) => circle.Count <= NamesShown
        ? circle.Select(AddressText.Unicode)
        : [.. circle.Take(NamesShown - 2).Select(AddressText.Unicode), "…", AddressText.Unicode(circle[^1])];

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];
}
