using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Mapping;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.MailServer;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>A destination, or a member of a group, and who owns it, as <see cref="AddressGraphSql"/> answers.</summary>
internal sealed record EdgeRow
{
    public long FromId { get; init; }

    public string Address { get; init; } = "";

    public long? DomainId { get; init; }

    public long? IsInBin { get; init; }

    public long? Takes { get; init; }

    public long? OwnerId { get; init; }

    public long IsExact { get; init; }

    public string? OwnerAddress { get; init; }

    public string? OwnerKind { get; init; }

    public long? OwnerDomainId { get; init; }

    public bool? OwnerIsGroup { get; init; }

    public bool? OwnerIsActive { get; init; }

    public DateTime? OwnerFrom { get; init; }

    public DateTime? OwnerUntil { get; init; }

    public bool? OwnerKeepsCopy { get; init; }
}

/// <summary>Nodes by their ids in the register, and what has been read of their destinations.</summary>
/// <param name="servesRelays">Whether the mail server is told to serve relay domains.</param>
internal sealed class AddressNodes(DateTime now, bool servesRelays = true)
{
    private readonly Dictionary<long, AddressNode> byId = [];

    public IReadOnlyCollection<AddressNode> All => byId.Values;

    public bool Has(long id) => byId.ContainsKey(id);

    public void Add(long id, AddressNode node) => byId.Add(id, node);

    /// <summary>Adds the owners that are not known, and then what leads to them; of a source that is not known, nothing.</summary>
    public void Add(IReadOnlyList<EdgeRow> rows)
    {
        foreach (var row in rows.Where(r => r.OwnerId is not null && !Has(r.OwnerId.Value))) byId.Add(row.OwnerId!.Value, OwnerOf(row));
        foreach (var row in rows.OrderBy(r => r.Address, StringComparer.Ordinal))
        {
            // One that forwards and is not the actor's has no node unless somebody leads to it.
            if (!byId.TryGetValue(row.FromId, out var from)) continue;

            from.Out.Add(new AddressEdge
            {
                Address = row.Address,
                DomainId = row.DomainId,
                DomainTakes = row.Takes == 1,
                DomainIsInBin = row.IsInBin == 1,
                Owner = row.OwnerId is { } owner ? byId[owner] : null,
                IsExact = row.IsExact == 1,
            });
        }
    }

    // What its domain does is the edge's to say: DomainTakes.
    private AddressNode OwnerOf(EdgeRow row) => new()
    {
        Address = row.OwnerAddress!,
        Kind = Words.Parse<AddressKind>(row.OwnerKind!),
        DomainId = row.OwnerDomainId!.Value,
        State = AddressStates.At(now, row.OwnerIsActive!.Value, row.OwnerFrom, row.OwnerUntil, domainIsActive: true),
        KeepsCopy = row.OwnerKeepsCopy ?? false,
        IsGroup = row.OwnerIsGroup ?? false,
        IsUnserved = !servesRelays && row.OwnerKind == Words.Of(AddressKind.RelayRecipient),
    };
}

/// <summary>
/// Reads the graph of addresses that forward, for the report: in two commands, whatever its size. Mailboxes that nobody
/// forwards to are never read. Of everything it follows the destinations as they stand; of a part, it goes on from there
/// by recursion to what is reached, which at full size takes three times as long a row.
/// </summary>
internal static class AddressGraphRows
{
    private const string RelayDomains = "relay_domains";

    /// <summary>Whatever forwards, in domains that take mail and in the actor's scope, in order of address; with all that is reached from there.</summary>
    /// <param name="domainId">Null: all domains of the actor.</param>
    public static async Task<IReadOnlyList<AddressNode>> ForwardingAsync(this AdminDb db, ServerSettings settings, long? domainId, Actor actor, CancellationToken ct)
    {
        var now = db.UtcNow;
        var relays = db.Settings.Where(s => s.Key == RelayDomains).Select(s => s.Value);
        var entries = db.Addresses.VisibleTo(actor)
            .Where(a => a.Kind == AddressKind.Alias || a.Kind == AddressKind.CatchAll || (a.Kind == AddressKind.Mailbox && a.Destinations.Any()))
            .Where(a => a.Domain!.IsActive && a.Domain.Transport != DomainTransport.Error);
        if (domainId is not null) entries = entries.Where(a => a.DomainId == domainId);
        var sources = await entries.Select(a => new { a.Id, a.Address, a.Kind, a.DomainId, a.IsActive, a.ActiveFrom, a.ActiveUntil, a.IsGroup, Keeps = (bool?)a.Mailbox!.KeepsCopy, Relays = relays.FirstOrDefault() }).ToListAsync(ct);
        var nodes = new AddressNodes(now, settings.Chosen(RelayDomains, sources.FirstOrDefault()?.Relays) == "yes");
        foreach (var a in sources)
        {
            nodes.Add(a.Id, new AddressNode
            {
                Address = a.Address,
                Kind = a.Kind,
                DomainId = a.DomainId,
                State = AddressStates.At(now, a.IsActive, a.ActiveFrom, a.ActiveUntil, domainIsActive: true),
                KeepsCopy = a.Keeps ?? false,
                IsGroup = a.IsGroup,
            });
        }
        var visible = nodes.All.OrderBy(n => n.Address, StringComparer.Ordinal).ToList();

        var isAll = actor.IsSuperadmin && domainId is null;
        var rows = isAll
            ? db.Database.SqlQueryRaw<EdgeRow>(AddressGraphSql.Everywhere, now)
            : db.Database.SqlQueryRaw<EdgeRow>(AddressGraphSql.FromDomains, now, domainId ?? 0, domainId is null ? actor.AccountId ?? 0 : 0);
        nodes.Add(await rows.ToListAsync(ct));
        return visible;
    }
}
