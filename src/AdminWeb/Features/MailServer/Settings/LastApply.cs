using System.Text.Json;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.MailServer.Settings;

/// <summary>What became of the last `apply`, by hand or by its timer: a row of the settings table, so that the page can say it.</summary>
/// <param name="At">UTC.</param>
/// <param name="Host">Where it ran.</param>
/// <param name="Reasons">The first ones why nothing was changed; none where what the panel says is in force.</param>
/// <param name="More">Reasons that are not written down.</param>
public sealed record LastApply(DateTime At, string Host, IReadOnlyList<KeptProblem> Reasons, int More)
{
    private const string Key = "looked.mail-server";

    // Nothing of it is ever in a page's source but through Razor.
    private static readonly JsonSerializerOptions Layout = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // What a row of the table holds: 1,024 characters.
    private const int Kept = 3;
    private const int Length = 80;

    /// <summary>Of the table's rows; null before the first one.</summary>
    public static LastApply? Of(IReadOnlyDictionary<string, Setting> rows)
    {
        try
        {
            return rows.TryGetValue(Key, out var row) ? JsonSerializer.Deserialize<LastApply>(row.Value) : null;
        }
        catch (JsonException)
        {
            // Somebody has written the table past the panel; the next apply writes it anew.
            return null;
        }
    }

    /// <summary>Writes it down in the place of the one before.</summary>
    public static Task RecordAsync(AdminDb db, string host, IReadOnlyList<Problem> problems, CancellationToken ct)
    {
        var reasons = problems.Take(Kept).Select(KeptProblem.Of).Select(p => p with { Args = [.. p.Args.Select(Shortened)] }).ToList();
        var text = JsonSerializer.Serialize(new LastApply(db.UtcNow, Shortened(host), reasons, problems.Count - reasons.Count), Layout);
        if (text.Length > 1024) text = JsonSerializer.Serialize(new LastApply(db.UtcNow, "", [], problems.Count), Layout);
        return db.Database.ExecuteSqlAsync($"INSERT INTO settings (`key`, value, updated_at) VALUES ({Key}, {text}, {db.UtcNow}) ON DUPLICATE KEY UPDATE value = {text}, updated_at = {db.UtcNow}", ct);
    }

    private static string Shortened(string text) => text.Trim() is var all && all.Length > Length ? all[..Length] + "…" : all;
}
