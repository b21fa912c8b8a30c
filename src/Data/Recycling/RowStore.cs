using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Data.Recycling;

/// <summary>Which items of the bin a statement is about: some by id, or one with everything that went along with it.</summary>
internal readonly record struct Items(string Condition)
{
    public static Items These(IEnumerable<long> ids) => new($"r.id IN ({string.Join(", ", ids)})");

    public static Items WithAllBelow(long id) => new($"(r.id = {id} OR r.parent_id = {id})");
}

/// <summary>
/// Moves rows out of their tables into recycled_rows and back, a statement a table, whatever their number. The SQL is
/// made of names of the model and of ids; the rows' values never leave the database.
/// </summary>
internal sealed class RowStore(AdminDb db)
{
    public async Task TakeOutAsync(Items items, CancellationToken ct)
    {
        foreach (var table in Belonging.All(db.Model))
        {
            if (await CopyAsync(table, items, ct) == 0) continue;

            await RunAsync($"DELETE t FROM recycled_items r STRAIGHT_JOIN {table.Name} t ON {table.Join} WHERE {items.Condition}", ct);
        }
    }

    /// <returns>How many rows were put away.</returns>
    public Task<int> CopyAsync(Belonging table, Items items, CancellationToken ct) => RunAsync(
        $"""
        INSERT INTO recycled_rows (item_id, table_name, content)
        SELECT r.id, '{table.Table}', JSON_OBJECT({string.Join(", ", table.Columns.Select(c => $"'{c}', t.`{c}`"))})
        FROM recycled_items r STRAIGHT_JOIN {table.Name} t ON {table.Join} WHERE {items.Condition}
        """,
        ct);

    public async Task PutBackAsync(Items items, CancellationToken ct)
    {
        await LeaveToOthersAsync(items, ct);
        foreach (var table in Belonging.All(db.Model).Reverse().DistinctBy(t => t.Table)) await InsertAsync(table, items, ct);
    }

    public async Task InsertAsync(Belonging table, Items items, CancellationToken ct)
    {
        // Rows may be older than a column of today: each is written with the columns that it was put away with.
        var from = $"FROM recycled_items r STRAIGHT_JOIN recycled_rows x ON x.item_id = r.id AND x.table_name = '{table.Table}' WHERE {items.Condition}";
        var keys = $"SELECT DISTINCT JSON_KEYS(x.content) AS `Value` {from}";
        var shapes = await db.Database.SqlQueryRaw<string>(keys).ToListAsync(ct);
        foreach (var shape in shapes)
        {
            IReadOnlyList<string> columns = [.. table.Columns.Intersect(JsonSerializer.Deserialize<string[]>(shape)!)];
            var sql = $$"""
                INSERT {{(table.IsShared ? "IGNORE" : "")}} INTO {{table.Name}} ({{string.Join(", ", columns.Select(c => $"`{c}`"))}})
                SELECT {{string.Join(", ", columns.Select(c => $"JSON_VALUE(x.content, '$.{c}')"))}}
                {{from}} AND JSON_KEYS(x.content) = {0}
                """;
            await db.Database.ExecuteSqlRawAsync(sql, [shape], ct);
        }
    }

    // A grant that also needs something that is still in the bin waits there with that.
    private async Task LeaveToOthersAsync(Items items, CancellationToken ct)
    {
        string[] others =
        [
            "o.owner_id = JSON_VALUE(x.content, '$.mailbox_id') AND o.kind = 'mailbox'",
            "o.name = JSON_VALUE(x.content, '$.address') AND o.address_id IS NOT NULL",
            "o.domain_id = JSON_VALUE(x.content, '$.domain_id') AND o.kind IN ('domain', 'alias_domain')",
        ];
        foreach (var other in others)
        {
            await RunAsync(
                $"""
                UPDATE recycled_items r STRAIGHT_JOIN recycled_rows x ON x.item_id = r.id AND x.table_name = 'send_as_grants' STRAIGHT_JOIN recycled_items o ON {other}
                SET x.item_id = o.id
                WHERE {items.Condition} AND ({items.Condition.Replace("r.", "o.", StringComparison.Ordinal)}) IS NOT TRUE
                """,
                ct);
        }
    }

    /// <param name="sql">Of names and ids alone.</param>
    public Task<int> RunAsync(string sql, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(sql, ct);
}
