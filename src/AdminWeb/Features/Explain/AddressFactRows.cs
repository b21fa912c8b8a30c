using System.Text.Json;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Mapping;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Explain;

/// <summary>An address that was asked for, beside one of those that may own it and one of its destinations.</summary>
internal sealed record FactRow
{
    public string Asked { get; init; } = "";

    public long? DomainId { get; init; }

    public string? DomainKind { get; init; }

    public bool? DomainIsActive { get; init; }

    public string? DomainTransport { get; init; }

    public string? NextHop { get; init; }

    public long? TargetId { get; init; }

    public string? TargetName { get; init; }

    public bool? TargetIsActive { get; init; }

    public string? TargetTransport { get; init; }

    public int? Allowed { get; init; }

    public long? OwnerId { get; init; }

    public string? OwnerAddress { get; init; }

    public string? Kind { get; init; }

    public long? OwnerDomainId { get; init; }

    public bool? IsActive { get; init; }

    public DateTime? ActiveFrom { get; init; }

    public DateTime? ActiveUntil { get; init; }

    public bool? IsInternal { get; init; }

    public bool? IsGroup { get; init; }

    public bool? MembersMaySend { get; init; }

    public bool? KeepsCopy { get; init; }

    public string? Home { get; init; }

    public long? QuotaBytes { get; init; }

    public long? UsedBytes { get; init; }

    public string? Destination { get; init; }
}

/// <summary>
/// Reads all that can be reached from an address: one command for each step away from it, whatever their number. Who
/// owns what is left to <see cref="Resolver"/>.
/// </summary>
internal sealed class AddressFactRows(AdminDb db, RecipientDelimiter delimiter, Actor actor)
{
    // Everything with one of the spellings, and what it leads to. One spelling a row: to a list of six the server would
    // compare every address that there is.
    private const string Sql = """
        SELECT k.address AS Asked, d.id AS DomainId, d.kind AS DomainKind, d.is_active AS DomainIsActive, d.transport AS DomainTransport,
          CONCAT('[', d.transport_host, ']:', d.transport_port) AS NextHop,
          t.id AS TargetId, t.name AS TargetName, t.is_active AS TargetIsActive, t.transport AS TargetTransport,
          (SELECT MAX(g.permissions) FROM domain_admins g WHERE g.account_id = {1} AND g.domain_id = COALESCE(d.target_id, d.id)) AS Allowed,
          a.id AS OwnerId, a.address AS OwnerAddress, a.kind AS Kind, a.domain_id AS OwnerDomainId, a.is_active AS IsActive, a.active_from AS ActiveFrom, a.active_until AS ActiveUntil,
          a.is_internal AS IsInternal, a.is_group AS IsGroup, a.members_may_send AS MembersMaySend, m.keeps_copy AS KeepsCopy, m.home AS Home, m.quota_bytes AS QuotaBytes,
          u.bytes AS UsedBytes, x.address AS Destination
        FROM JSON_TABLE({0}, '$[*]' COLUMNS (address VARCHAR(320) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin PATH '$.Address',
          local_part VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin PATH '$.LocalPart', plain VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin PATH '$.Plain',
          domain_name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin PATH '$.Domain')) k
        LEFT JOIN domains d ON d.name = k.domain_name
        LEFT JOIN domains t ON t.id = d.target_id
        JOIN (SELECT 1 AS spelling UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6) n
        LEFT JOIN addresses a ON a.address = CASE n.spelling WHEN 1 THEN k.address WHEN 2 THEN CONCAT(k.plain, '@', k.domain_name) WHEN 3 THEN CONCAT('@', k.domain_name)
          WHEN 4 THEN CONCAT(k.local_part, '@', t.name) WHEN 5 THEN CONCAT(k.plain, '@', t.name) ELSE CONCAT('@', t.name) END
        LEFT JOIN mailboxes m ON m.address_id = a.id AND m.kind = 'mailbox'
        LEFT JOIN mailbox_usage u ON u.address = a.address AND a.kind = 'mailbox'
        LEFT JOIN destinations x ON x.address_id = a.id
        ORDER BY x.address
        """;

    /// <summary>Addresses that are read; Postfix gives up long before, and the way to its end is known.</summary>
    private const int Most = 4 * Expansion.Limit;

    private readonly Dictionary<string, AddressFacts> facts = new(StringComparer.Ordinal);
    private readonly Dictionary<long, GroupFacts> groups = [];

    /// <summary>What answers for everything that can be reached.</summary>
    public async Task<(Resolver Resolver, IReadOnlyDictionary<string, AddressFacts> Facts)> ReadAsync(string address, CancellationToken ct)
    {
        IReadOnlyList<string> next = [address];
        while (next.Count > 0)
        {
            var read = await LevelAsync(next, ct);
            foreach (var asked in read) facts[asked.Address] = asked;
            await GroupsAsync(read, ct);
            next = [.. read.SelectMany(Reached).Where(a => !facts.ContainsKey(a)).Distinct(StringComparer.Ordinal).Take(Most - facts.Count)];
        }
        return (new Resolver(facts, groups), facts);
    }

    private IEnumerable<string> Reached(AddressFacts asked)
    {
        if (Resolver.OwnerOf(asked).Owner is not { } owner) return [];

        // Whatever it is asked for at the target, and what leads on from there.
        IEnumerable<string> target = owner.DomainId != asked.Domain!.Id ? [$"{asked.LocalPart}@{asked.Domain.Target!.Name}"] : [];
        return target.Concat(owner.Destinations).Concat(owner.IsGroup ? groups[owner.DomainId].Members : []);
    }

    private async Task<IReadOnlyList<AddressFacts>> LevelAsync(IReadOnlyList<string> addresses, CancellationToken ct)
    {
        var keys = addresses.Select(a =>
        {
            var local = a[..a.LastIndexOf('@')];
            return new { Address = a, LocalPart = local, Plain = delimiter.WithoutExtension(local), Domain = a[(local.Length + 1)..] };
        });
        var rows = await db.Database.SqlQueryRaw<FactRow>(Sql, JsonSerializer.Serialize(keys), actor.AccountId ?? 0).ToListAsync(ct);
        return [.. rows.GroupBy(r => r.Asked, StringComparer.Ordinal).Select(g => new AddressFacts(g.Key, delimiter.WithoutExtension(g.Key[..g.Key.LastIndexOf('@')]), DomainOf(g.First()), [.. g.Where(r => r.OwnerId is not null).GroupBy(r => r.OwnerId).Select(o => OwnerOf([.. o]))]))];
    }

    private DomainFacts? DomainOf(FactRow row)
    {
        if (row.DomainId is null) return null;

        var allowed = actor.IsSuperadmin ? DomainPermissions.All : (DomainPermissions?)row.Allowed;
        var target = row.TargetId is { } id ? new DomainFacts(id, row.TargetName!, DomainKind.Hosted, row.TargetIsActive!.Value, Words.Parse<DomainTransport>(row.TargetTransport!), null, null, allowed) : null;
        return new DomainFacts(row.DomainId.Value, row.Asked[(row.Asked.LastIndexOf('@') + 1)..], Words.Parse<DomainKind>(row.DomainKind!), row.DomainIsActive!.Value, Words.Parse<DomainTransport>(row.DomainTransport!), row.NextHop, target, allowed);
    }

    private OwnerFacts OwnerOf(IReadOnlyList<FactRow> rows)
    {
        var row = rows[0];
        return new OwnerFacts(
            row.OwnerId!.Value, row.OwnerAddress!, Words.Parse<AddressKind>(row.Kind!), row.OwnerDomainId!.Value,
            AddressStates.At(db.UtcNow, row.IsActive!.Value, row.ActiveFrom, row.ActiveUntil, domainIsActive: true),
            row.IsInternal!.Value, row.IsGroup!.Value, row.MembersMaySend!.Value, row.KeepsCopy ?? false, row.Home, row.QuotaBytes, row.UsedBytes ?? 0,
            [.. rows.Where(r => r.Destination is not null).Select(r => r.Destination!).Distinct(StringComparer.Ordinal)]);
    }

    private async Task GroupsAsync(IReadOnlyList<AddressFacts> read, CancellationToken ct)
    {
        var ids = read.SelectMany(a => a.Candidates).Where(c => c.IsGroup).Select(c => c.DomainId).Distinct().Where(id => !groups.ContainsKey(id)).ToList();
        foreach (var id in ids)
        {
            var members = await db.Addresses.Where(a => a.DomainId == id && a.Kind == AddressKind.Mailbox).InState(AddressState.Active, db.UtcNow).OrderBy(a => a.Address)
                .Take(Expansion.Limit + 1).Select(a => new { a.Address, Forwards = a.Destinations.Count }).ToListAsync(ct);
            groups[id] = new GroupFacts([.. members.Select(m => m.Address)], members.Sum(m => Math.Max(1, 2 * m.Forwards)));
        }
    }
}
