using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AdminPanel.Data.Model;

namespace AdminPanel.Data;

/// <summary>
/// Brings <see cref="MailboxFigures"/> and <see cref="DayFigures"/> up to date. It reads without a lock, some thousand mailboxes at a time,
/// and writes the rows that changed: twice at once does no harm, and nobody waits for it.
/// </summary>
public static class FigureCount
{
    private const int Block = 5_000;
    private const int Written = 500;

    // Nothing that a mailbox can have makes these null, so that comparing needs no thought of it.
    private const string Fullness = "CASE WHEN m.quota_bytes IS NULL THEN 0 ELSE LEAST(COALESCE(u.bytes, 0) DIV GREATEST(m.quota_bytes DIV 1000, 1), 100000) END";
    private const string LastSignIn = "GREATEST(COALESCE(i.seconds, 0), COALESCE(p.seconds, 0))";
    private const string PasswordExpires = "m.password_changed_at + INTERVAL d.password_max_age_days DAY";

    private const string FigureColumns = "address_id, domain_id, fullness, last_sign_in, password_expires_at";

    private const string Changed = $"""
        SELECT CONCAT_WS(', ', a.id, {Fullness}, {LastSignIn}, IFNULL(QUOTE({PasswordExpires}), 'NULL'))
        FROM addresses a FORCE INDEX (IX_addresses_kind_id)
        STRAIGHT_JOIN mailboxes m ON m.address_id = a.id
        STRAIGHT_JOIN domains d ON d.id = a.domain_id
        LEFT JOIN mailbox_usage u ON u.address = a.address
        LEFT JOIN mailbox_logins i ON i.address = a.address AND i.service = 'imap'
        LEFT JOIN mailbox_logins p ON p.address = a.address AND p.service = 'pop3'
        LEFT JOIN mailbox_figures f ON f.address_id = a.id
        WHERE a.kind = 'mailbox' AND a.id > @after AND a.id <= @until
          AND NOT (f.domain_id <=> a.domain_id AND f.fullness <=> {Fullness} AND f.last_sign_in <=> {LastSignIn} AND f.password_expires_at <=> {PasswordExpires})
        """;

    // What a day's row holds, in the order of its columns.
    private const string DayColumns = "mailboxes, aliases, used_bytes, allocated_bytes, with_quota, over_half, over_three_quarters, nearly_full";

    private const string DayValues = """
        COUNT(m.id), d.alias_count, COALESCE(SUM(u.bytes), 0), d.allocated_quota, COUNT(m.quota_bytes),
        COUNT(CASE WHEN f.fullness >= 500 THEN 1 END), COUNT(CASE WHEN f.fullness >= 750 THEN 1 END), COUNT(CASE WHEN f.fullness >= 900 THEN 1 END)
        """;

    private const string Days = $"""
        SELECT CONCAT_WS(', ', d.id, {DayValues})
        FROM domains d
        LEFT JOIN addresses a ON a.domain_id = d.id AND a.kind = 'mailbox'
        LEFT JOIN mailboxes m ON m.address_id = a.id
        LEFT JOIN mailbox_usage u ON u.address = a.address
        LEFT JOIN mailbox_figures f ON f.address_id = a.id
        WHERE d.kind = 'hosted'
        GROUP BY d.id
        """;

    /// <returns>How many rows were out of date.</returns>
    public static async Task<int> CountMailboxFiguresAsync(this DbDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var (changed, after) = (0, 0L);
        while (await UntilAsync(connection, after, ct) is { } until)
        {
            var rows = await ReadAsync(Command(connection, Changed, ("@after", after), ("@until", until)), ct);
            foreach (var some in rows.Chunk(Written)) await RunAsync(connection, FiguresOf(some), ct);
            (changed, after) = (changed + rows.Count, until);
        }
        return changed;
    }

    /// <summary>Writes down how much there is today, and forgets the days that no chart shows any more.</summary>
    /// <param name="today">In UTC.</param>
    public static async Task CountDayAsync(this DbDataSource database, DateOnly today, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var rows = await ReadAsync(Command(connection, Days), ct);
        var day = $"'{today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
        foreach (var some in rows.Chunk(Written)) await ReplaceAsync(connection, "domain_days", $"day, domain_id, {DayColumns}", some.Select(row => $"{day}, {row}"), ct);

        var sums = string.Join(", ", DayColumns.Split(", ").Select(c => $"COALESCE(SUM({c}), 0)"));
        var total = await ReadAsync(Command(connection, $"SELECT CONCAT_WS(', ', {sums}) FROM domain_days WHERE day = {day}"), ct);
        await ReplaceAsync(connection, "total_days", $"day, {DayColumns}", total.Select(row => $"{day}, {row}"), ct);
        foreach (var table in (string[])["domain_days", "total_days"])
        {
            await RunAsync(connection, $"DELETE FROM {table} WHERE day < {day} - INTERVAL {DayFigures.KeptDaily} DAY AND DAYOFMONTH(day) <> 1", ct);
        }
    }

    // Of what is still a mailbox, in the domain where it is now: it may have moved, or gone into the recycle bin, since it was counted.
    private static string FiguresOf(IEnumerable<string> rows) => $"""
        INSERT INTO mailbox_figures ({FigureColumns})
        WITH counted (id, fullness, last_sign_in, password_expires_at) AS (VALUES ({string.Join("), (", rows)}))
        SELECT a.id, a.domain_id, c.fullness, c.last_sign_in, c.password_expires_at FROM counted c JOIN addresses a ON a.id = c.id AND a.kind = 'mailbox'
        {OnDuplicate(FigureColumns)}
        """;

    private static async Task<long?> UntilAsync(DbConnection connection, long after, CancellationToken ct)
    {
        await using var command = Command(
            connection,
            $"SELECT MAX(id) FROM (SELECT id FROM addresses FORCE INDEX (IX_addresses_kind_id) WHERE kind = 'mailbox' AND id > @after ORDER BY id LIMIT {Block}) b",
            ("@after", after));
        return await command.ExecuteScalarAsync(ct) is { } until and not DBNull ? Convert.ToInt64(until, CultureInfo.InvariantCulture) : null;
    }

    private static async Task<List<string>> ReadAsync(DbCommand command, CancellationToken ct)
    {
        await using var disposed = command;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(ct)) rows.Add(reader.GetString(0));
        return rows;
    }

    // The rows are numbers and times that the database wrote: nothing in them can be SQL. IGNORE: a domain may have gone.
    private static Task ReplaceAsync(DbConnection connection, string table, string columns, IEnumerable<string> rows, CancellationToken ct) =>
        RunAsync(connection, $"INSERT IGNORE INTO {table} ({columns}) VALUES ({string.Join("), (", rows)}) {OnDuplicate(columns)}", ct);

    private static string OnDuplicate(string columns) => $"ON DUPLICATE KEY UPDATE {string.Join(", ", columns.Split(", ").Select(c => $"{c} = VALUES({c})"))}";

    private static async Task RunAsync(DbConnection connection, string sql, CancellationToken ct)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    [SuppressMessage("Security", "CA2100", Justification = "The texts above: constants, and rows that the database itself wrote.")]
    private static DbCommand Command(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        // Counting at full size takes a second; a loaded machine makes it many.
        command.CommandTimeout = 300;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
