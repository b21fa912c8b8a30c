using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace AdminPanel.Data;

/// <summary>
/// Work that one panel does for all of them, again and again: whoever takes the turn does it. It ends by itself, so that
/// a panel which dies in the middle is followed by another one. By the database's clock, in a row of settings.
/// </summary>
public static class Turns
{
    /// <param name="name">Of the work: "figures".</param>
    /// <param name="pause">For so long after a turn was taken nobody takes the next one.</param>
    /// <returns>Whether it is the caller's turn now.</returns>
    public static async Task<bool> TakeTurnAsync(this DbDataSource database, string name, TimeSpan pause, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var taken = await RunAsync(
            connection,
            "UPDATE settings SET updated_at = UTC_TIMESTAMP(6) WHERE `key` = @key AND updated_at <= UTC_TIMESTAMP(6) - INTERVAL @pause MICROSECOND",
            [("@key", $"turn.{name}"), ("@pause", (long)pause.TotalMicroseconds)], ct);
        // Of two that are the first ones ever the unique key lets one in.
        return taken == 1 || await RunAsync(
            connection, "INSERT IGNORE INTO settings (`key`, value, updated_at) VALUES (@key, '', UTC_TIMESTAMP(6))", [("@key", $"turn.{name}")], ct) == 1;
    }

    [SuppressMessage("Security", "CA2100", Justification = "The two texts above.")]
    private static async Task<int> RunAsync(DbConnection connection, string sql, (string Name, object Value)[] parameters, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return await command.ExecuteNonQueryAsync(ct);
    }
}
