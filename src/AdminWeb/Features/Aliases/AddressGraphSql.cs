using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>
/// The graph of addresses in SQL: who owns each destination is found by the joins of virtual_alias_maps, so the panel
/// sees the ways that Postfix goes. {0} is now, in UTC.
/// </summary>
internal static class AddressGraphSql
{
    private const string Columns = """
        x.address_id AS FromId, x.address AS Address, xd.id AS DomainId, xd.kind = 'recycled' AS IsInBin,
          xd.is_active = 1 AND xd.transport <> 'error' AND (xd.target_id IS NULL OR xt.is_active = 1 AND xt.transport <> 'error') AS Takes,
          COALESCE(b1.id, b2.id, b3.id, b4.id, k1.id, k2.id) AS OwnerId, b1.id IS NOT NULL AS IsExact
        """;

    // As RecipientDelimiter.Of reads it; none is empty, and what is before it is nothing.
    private const string Delimiter = $"COALESCE((SELECT IF(s.value = '{RecipientDelimiter.None}', '', s.value) FROM settings s WHERE s.`key` = '{RecipientDelimiter.Key}'), '{RecipientDelimiter.Default}')";

    // The same joins as in virtual_alias_maps: who owns a destination.
    private const string Owners = $$"""
        LEFT JOIN domains xd ON xd.name = x.domain_name
        LEFT JOIN domains xt ON xt.id = xd.target_id
        LEFT JOIN addresses b1 ON b1.address = x.address
        LEFT JOIN addresses b2 ON b2.address = CONCAT(NULLIF(SUBSTRING_INDEX(x.local_part, {{Delimiter}}, 1), ''), '@', xd.name)
        LEFT JOIN addresses b3 ON b3.address = CONCAT(x.local_part, '@', xt.name)
        LEFT JOIN addresses b4 ON b4.address = CONCAT(NULLIF(SUBSTRING_INDEX(x.local_part, {{Delimiter}}, 1), ''), '@', xt.name)
        LEFT JOIN addresses k1 ON k1.address = CONCAT('@', xd.name)
        LEFT JOIN addresses k2 ON k2.address = CONCAT('@', xt.name)
        """;

    private const string Ends = """
        SELECT w.*, o.address AS OwnerAddress, o.kind AS OwnerKind, o.domain_id AS OwnerDomainId, o.is_group AS OwnerIsGroup, o.is_active AS OwnerIsActive,
          o.active_from AS OwnerFrom, o.active_until AS OwnerUntil, m.keeps_copy AS OwnerKeepsCopy
        FROM way w LEFT JOIN addresses o ON o.id = w.OwnerId LEFT JOIN mailboxes m ON m.address_id = o.id AND m.kind = 'mailbox'
        """;

    // Who is in a group: its members, as if they were its destinations.
    private const string Members = """
        SELECT STRAIGHT_JOIN g.id AS FromId, n.address AS Address, n.domain_id AS DomainId, 0 AS IsInBin, 1 AS Takes, n.id AS OwnerId, 1 AS IsExact
        """;

    private const string IsActive = "n.is_active = 1 AND (n.active_from > {0} OR n.active_until <= {0}) IS NOT TRUE";

    private const string IsMember = "n.domain_id = g.domain_id AND n.kind = 'mailbox' AND " + IsActive;

    // What forwards and is switched off can be switched on at any time, and nobody looks for circles then.
    private const string MayBeMember =
        "n.domain_id = g.domain_id AND n.kind = 'mailbox' AND (" + IsActive + " OR EXISTS (SELECT 1 FROM destinations f WHERE f.address_id = n.id))";

    private const string Text = "CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";

    /// <summary>Every destination with its owner, to be asked for some of them: the server looks those up alone.</summary>
    public const string Destinations = $"""
        SELECT x.address_id AS FromId, x.address AS Address, xd.id AS DomainId, xd.target_id AS TargetId, COALESCE(b1.id, b2.id, b3.id, b4.id, k1.id, k2.id) AS OwnerId
        FROM destinations x {Owners}
        """;

    /// <summary>Every destination and every member there is.</summary>
    public const string Everywhere = $$"""
        WITH way AS (
          SELECT STRAIGHT_JOIN {{Columns}} FROM destinations x {{Owners}}
          UNION ALL
          {{Members}} FROM addresses g JOIN addresses n ON {{IsMember}} WHERE g.is_group = 1)
        {{Ends}}
        """;

    /// <summary>
    /// What the domain {1}, or every domain of the account {2}, leads to, to the end of each way. UNION keeps each row
    /// once, so that a circle ends the recursion.
    /// </summary>
    public const string FromDomains = $$"""
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

    /// <summary>
    /// One level: the destinations and members of the addresses {1}, an array of ids, and the destinations {2}, which are
    /// written nowhere yet. Of each no more than <see cref="Expansion.Limit"/> and one, which is too many already.
    /// </summary>
    public static readonly string Level = $$"""
        WITH way AS (
          (SELECT STRAIGHT_JOIN {{Columns}}
           FROM JSON_TABLE({2}, '$[*]' COLUMNS (address_id BIGINT PATH '$.Owner', address VARCHAR(320) {{Text}} PATH '$.Address',
             local_part VARCHAR(64) {{Text}} PATH '$.LocalPart', domain_name VARCHAR(255) {{Text}} PATH '$.Domain')) x {{Owners}})
          UNION ALL
          (SELECT STRAIGHT_JOIN {{Columns}}
           FROM JSON_TABLE({1}, '$[*]' COLUMNS (id BIGINT PATH '$')) i JOIN destinations x ON x.address_id = i.id {{Owners}} LIMIT {{Expansion.Limit + 1}})
          UNION ALL
          ({{Members}}
           FROM JSON_TABLE({1}, '$[*]' COLUMNS (id BIGINT PATH '$')) i JOIN addresses g ON g.id = i.id AND g.is_group = 1 AND g.kind = 'alias' JOIN addresses n ON {{MayBeMember}} LIMIT {{Expansion.Limit + 1}}))
        {{Ends}}
        """;
}
