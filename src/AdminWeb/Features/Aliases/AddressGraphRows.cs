using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>
/// Reads the graph of addresses that forward: in two commands, whatever its size. Mailboxes that nobody forwards to are
/// never read. Of everything it follows the destinations as they stand; of a part, it goes on from there by recursion to
/// what is reached, which at full size takes three times as long a row.
/// </summary>
internal static class AddressGraphRows
{
    private const string Columns = """
        x.address_id AS FromId, x.address AS Address, xd.id AS DomainId,
          xd.is_active = 1 AND xd.transport <> 'error' AND (xd.target_id IS NULL OR xt.is_active = 1 AND xt.transport <> 'error') AS Takes,
          COALESCE(b1.id, b2.id, b3.id, b4.id, k1.id, k2.id) AS OwnerId, b1.id IS NOT NULL AS IsExact
        """;

    // The same joins as in virtual_alias_maps: who owns a destination.
    private const string Owners = """
        LEFT JOIN domains xd ON xd.name = x.domain_name
        LEFT JOIN domains xt ON xt.id = xd.target_id
        LEFT JOIN addresses b1 ON b1.address = x.address
        LEFT JOIN addresses b2 ON b2.address = CONCAT(NULLIF(SUBSTRING_INDEX(x.local_part, '+', 1), ''), '@', xd.name)
        LEFT JOIN addresses b3 ON b3.address = CONCAT(x.local_part, '@', xt.name)
        LEFT JOIN addresses b4 ON b4.address = CONCAT(NULLIF(SUBSTRING_INDEX(x.local_part, '+', 1), ''), '@', xt.name)
        LEFT JOIN addresses k1 ON k1.address = CONCAT('@', xd.name)
        LEFT JOIN addresses k2 ON k2.address = CONCAT('@', xt.name)
        """;

    private const string Ends = """
        SELECT w.*, o.address AS OwnerAddress, o.kind AS OwnerKind, o.domain_id AS OwnerDomainId, o.is_group AS OwnerIsGroup, o.is_active AS OwnerIsActive,
          o.active_from AS OwnerFrom, o.active_until AS OwnerUntil, m.keeps_copy AS OwnerKeepsCopy
        FROM way w LEFT JOIN addresses o ON o.id = w.OwnerId LEFT JOIN mailboxes m ON m.address_id = o.id AND m.kind = 'mailbox'
        """;

    // Who is in a group: its members now, as if they were its destinations.
    private const string Members = """
        SELECT g.id AS FromId, n.address AS Address, n.domain_id AS DomainId, 1 AS Takes, n.id AS OwnerId, 1 AS IsExact
        """;

    private const string IsMember =
        "n.domain_id = g.domain_id AND n.kind = 'mailbox' AND n.is_active = 1 AND (n.active_from > {0} OR n.active_until <= {0}) IS NOT TRUE";

    private const string Everywhere = $$"""
        WITH way AS (
          SELECT STRAIGHT_JOIN {{Columns}} FROM destinations x {{Owners}}
          UNION ALL
          {{Members}} FROM addresses g JOIN addresses n ON {{IsMember}} WHERE g.is_group = 1)
        {{Ends}}
        """;

    // UNION keeps each row once, so that a circle ends the recursion.
    private const string FromDomains = $$"""
        WITH RECURSIVE way AS (
          SELECT STRAIGHT_JOIN {{Columns}}
          FROM domains d JOIN addresses a ON a.domain_id = d.id JOIN destinations x ON x.address_id = a.id {{Owners}}
          WHERE d.id = {1} OR EXISTS (SELECT 1 FROM domain_admins g WHERE g.domain_id = d.id AND g.account_id = {2})
          UNION
          {{Members}} FROM addresses g JOIN addresses n ON {{IsMember}}
          WHERE g.is_group = 1 AND (g.domain_id = {1} OR EXISTS (SELECT 1 FROM domain_admins a WHERE a.domain_id = g.domain_id AND a.account_id = {2}))
          UNION
          SELECT STRAIGHT_JOIN {{Columns}} FROM way w JOIN destinations x ON x.address_id = w.OwnerId {{Owners}}
          UNION
          {{Members}} FROM way w JOIN addresses g ON g.id = w.OwnerId AND g.is_group = 1 JOIN addresses n ON {{IsMember}})
        {{Ends}}
        """;

    private sealed record EdgeRow
    {
        public long FromId { get; init; }

        public string Address { get; init; } = "";

        public long? DomainId { get; init; }

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

    /// <summary>Whatever forwards, in domains that take mail and in the actor's scope, in order of address; with all that is reached from there.</summary>
    /// <param name="domainId">Null: all domains of the actor.</param>
    public static async Task<IReadOnlyList<AddressNode>> ForwardingAsync(this AdminDb db, long? domainId, Actor actor, CancellationToken ct)
    {
        var now = db.UtcNow;
        var entries = db.Addresses.VisibleTo(actor)
            .Where(a => a.Kind == AddressKind.Alias || a.Kind == AddressKind.CatchAll || (a.Kind == AddressKind.Mailbox && a.Destinations.Any()))
            .Where(a => a.Domain!.IsActive && a.Domain.Transport != DomainTransport.Error);
        if (domainId is not null) entries = entries.Where(a => a.DomainId == domainId);
        var sources = await entries.Select(a => new { a.Id, a.Address, a.Kind, a.DomainId, a.IsActive, a.ActiveFrom, a.ActiveUntil, a.IsGroup, Keeps = (bool?)a.Mailbox!.KeepsCopy }).ToListAsync(ct);
        var nodes = sources.ToDictionary(a => a.Id, a => new AddressNode
        {
            Address = a.Address,
            Kind = a.Kind,
            DomainId = a.DomainId,
            State = AddressStates.At(now, a.IsActive, a.ActiveFrom, a.ActiveUntil, domainIsActive: true),
            KeepsCopy = a.Keeps ?? false,
            IsGroup = a.IsGroup,
        });
        var visible = nodes.Values.OrderBy(n => n.Address, StringComparer.Ordinal).ToList();

        var isAll = actor.IsSuperadmin && domainId is null;
        var rows = await (isAll ? db.Database.SqlQueryRaw<EdgeRow>(Everywhere, now) : db.Database.SqlQueryRaw<EdgeRow>(FromDomains, now, domainId ?? 0, domainId is null ? actor.AccountId ?? 0 : 0))
            .ToListAsync(ct);
        foreach (var row in rows.Where(r => r.OwnerId is not null && !nodes.ContainsKey(r.OwnerId.Value))) nodes.TryAdd(row.OwnerId!.Value, OwnerOf(row, now));
        foreach (var row in rows.OrderBy(r => r.Address, StringComparer.Ordinal))
        {
            // One that forwards and is not the actor's has no node unless somebody leads to it.
            if (!nodes.TryGetValue(row.FromId, out var from)) continue;

            from.Out.Add(new AddressEdge
            {
                Address = row.Address,
                DomainId = row.DomainId,
                DomainTakes = row.Takes == 1,
                Owner = row.OwnerId is { } owner ? nodes[owner] : null,
                IsExact = row.IsExact == 1,
            });
        }
        return visible;
    }

    // What its domain does is the edge's to say: DomainTakes.
    private static AddressNode OwnerOf(EdgeRow row, DateTime now) => new()
    {
        Address = row.OwnerAddress!,
        Kind = Data.Mapping.Words.Parse<AddressKind>(row.OwnerKind!),
        DomainId = row.OwnerDomainId!.Value,
        State = AddressStates.At(now, row.OwnerIsActive!.Value, row.OwnerFrom, row.OwnerUntil, domainIsActive: true),
        KeepsCopy = row.OwnerKeepsCopy ?? false,
        IsGroup = row.OwnerIsGroup ?? false,
    };
}
