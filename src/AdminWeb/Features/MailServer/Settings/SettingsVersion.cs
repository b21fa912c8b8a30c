using AdminPanel.Data;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.MailServer.Settings;

/// <summary>Whether what the panel decides is what the daemons run with.</summary>
public enum SettingsState
{
    /// <summary>No apply has said what it put in place.</summary>
    NeverApplied,

    /// <summary>Something was chosen since the last apply.</summary>
    Pending,

    InForce,
}

/// <summary>
/// Every change of the panel's settings of the mail server counts one number up, in a row of the same table: it is the
/// version of the form, and what an apply writes down as put in place. The one place that says what is not in force yet.
/// </summary>
public static class SettingsVersion
{
    private const string Current = "version.mail-server";
    private const string Applied = "applied.mail-server";

    /// <summary>Of the table's rows; 1 before the first change, so that a form without a version never fits.</summary>
    public static long Of(IReadOnlyDictionary<string, Setting> rows) => Number(rows, Current) ?? 1;

    public static SettingsState StateOf(IReadOnlyDictionary<string, Setting> rows) => Number(rows, Applied) switch
    {
        null => SettingsState.NeverApplied,
        var applied when applied == Of(rows) => SettingsState.InForce,
        _ => SettingsState.Pending,
    };

    /// <summary>What an apply writes down: the version it has read before it rendered.</summary>
    public static Task RecordAppliedAsync(this AdminDb db, long version, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"INSERT INTO settings (`key`, value, updated_at) VALUES ({Applied}, {version}, {db.UtcNow}) ON DUPLICATE KEY UPDATE value = {version}, updated_at = {db.UtcNow}", ct);

    /// <summary>One change at a time, until the end of the transaction.</summary>
    internal static Task LockSettingsAsync(this AdminDb db, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"INSERT INTO settings (`key`, value, updated_at) VALUES ({Current}, '1', {db.UtcNow}) ON DUPLICATE KEY UPDATE value = value", ct);

    /// <summary>Counts up the row that the lock made.</summary>
    /// <returns>The new version.</returns>
    internal static long Raise(AdminDb db, IReadOnlyDictionary<string, Setting> rows)
    {
        var row = rows[Current];
        var version = Of(rows) + 1;
        (row.Value, row.UpdatedAt) = (version.ToString(System.Globalization.CultureInfo.InvariantCulture), db.UtcNow);
        return version;
    }

    private static long? Number(IReadOnlyDictionary<string, Setting> rows, string key) =>
        rows.TryGetValue(key, out var row) && long.TryParse(row.Value, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
