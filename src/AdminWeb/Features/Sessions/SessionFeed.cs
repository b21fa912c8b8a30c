using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace AdminPanel.Web.Features.Sessions;

/// <summary>
/// Whose rights ended since the last look: by a change, which has a row, or by the clock. What was seen is remembered here
/// alone, so that every mail server looks for itself.
/// </summary>
public sealed class SessionFeed(DbDataSource database)
{
    private const int AtOnce = 5_000;

    /// <summary>Where the first look begins: what an agent that was away for less misses is made good for.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(1);

    /// <summary>A transaction that began before another may be seen after it. None of the panel's is open for so long.</summary>
    private static readonly TimeSpan Unsettled = TimeSpan.FromMinutes(2);

    private const string Dates = "SELECT address FROM addresses WHERE kind = 'mailbox' AND active_until > @last AND active_until <= @now";

    private const string MaxAges = "SELECT DISTINCT password_max_age_days FROM domains WHERE password_max_age_days > 0";

    private const string Passwords = """
        SELECT a.address FROM mailboxes m
        STRAIGHT_JOIN addresses a ON a.id = m.address_id
        STRAIGHT_JOIN domains d ON d.id = a.domain_id AND d.password_max_age_days = @days
        WHERE m.password_changed_at > @last - INTERVAL @days DAY AND m.password_changed_at <= @now - INTERVAL @days DAY
        """;

    // Rows after the ones that are settled, which were handled.
    private readonly HashSet<long> handled = [];
    private readonly Queue<(DateTime At, long Id)> marks = new();
    private long settled;
    private long seen;
    private DateTime? last;

    /// <returns>User masks, as they stand in the database.</returns>
    /// <exception cref="DbException">The database is away; the next look finds what this one would have found.</exception>
    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var now = (DateTime)(await connection.AskAsync("SELECT UTC_TIMESTAMP(6)", [], r => (object)r.GetDateTime(0), ct))[0];
        if (last is null) await BeginAsync(connection, now, ct);

        var rows = await RowsAsync(connection, ct);
        var masks = new List<string>(rows.Select(row => row.Mask));
        masks.AddRange(await EndedByClockAsync(connection, last!.Value, now, ct));
        // From here on nothing fails: what was read is handed over.
        foreach (var (id, _) in rows) handled.Add(id);
        seen = Math.Max(seen, rows.Count == 0 ? 0 : rows.Max(row => row.Id));
        last = now;
        Settle(now);
        return masks;
    }

    private async Task BeginAsync(DbConnection connection, DateTime now, CancellationToken ct)
    {
        var before = await connection.AskAsync("SELECT MAX(id) FROM session_ends WHERE at < @since", [("@since", now - LookBack)], r => r.IsDBNull(0) ? 0 : r.GetInt64(0), ct);
        settled = seen = before[0];
        last = now - LookBack;
    }

    private async Task<List<(long Id, string Mask)>> RowsAsync(DbConnection connection, CancellationToken ct)
    {
        var rows = await connection.AskAsync(
            $"SELECT id, mask FROM session_ends WHERE id > @seen ORDER BY id LIMIT {AtOnce}", [("@seen", seen)], r => (r.GetInt64(0), r.GetString(1)), ct);
        if (handled.Count == 0) return rows;

        // Whoever took a number earlier and was committed later: their count tells, so that nothing is read twice.
        (string, object)[] window = [("@settled", settled), ("@seen", seen)];
        var count = (await connection.AskAsync("SELECT COUNT(*) FROM session_ends WHERE id > @settled AND id <= @seen", window, r => r.GetInt64(0), ct))[0];
        if (count == handled.Count) return rows;

        var late = await connection.AskAsync("SELECT id, mask FROM session_ends WHERE id > @settled AND id <= @seen", window, r => (r.GetInt64(0), r.GetString(1)), ct);
        return [.. late.Where(row => !handled.Contains(row.Item1)), .. rows];
    }

    private static async Task<List<string>> EndedByClockAsync(DbConnection connection, DateTime last, DateTime now, CancellationToken ct)
    {
        var addresses = await connection.AskAsync(Dates, [("@last", last), ("@now", now)], r => r.GetString(0), ct);
        foreach (var days in await connection.AskAsync(MaxAges, [], r => r.GetInt32(0), ct))
            addresses.AddRange(await connection.AskAsync(Passwords, [("@days", days), ("@last", last), ("@now", now)], r => r.GetString(0), ct));
        return addresses;
    }

    private void Settle(DateTime now)
    {
        if (handled.Count == 0) return;

        marks.Enqueue((now, seen));
        while (marks.TryPeek(out var mark) && mark.At < now - Unsettled) settled = marks.Dequeue().Id;
        handled.RemoveWhere(id => id <= settled);
        if (handled.Count == 0) marks.Clear();
    }
}

/// <summary>Plain statements: every second most of the time for nothing, which EF Core would make dear.</summary>
file static class Statements
{
    [SuppressMessage("Security", "CA2100", Justification = "The constants above; values are parameters.")]
    public static async Task<List<T>> AskAsync<T>(
        this DbConnection connection, string sql, (string Name, object Value)[] parameters, Func<DbDataReader, T> read, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }
}
