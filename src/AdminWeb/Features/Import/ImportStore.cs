using System.Text.Json;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Platform.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Import;

/// <summary>Lines of an import, and the passwords it made, in the database: encrypted with the key file, each for its own place.</summary>
public sealed class ImportStore(AdminDb db, KeyFile keyFile)
{
    /// <summary>Lines of one step of the job. Hashing them takes seconds, far less than a worker's lease.</summary>
    public const int BlockSize = 25;

    /// <summary>Puts the lines into the unit of work; the caller saves.</summary>
    public void Add(long importId, IReadOnlyList<PlannedLine> lines)
    {
        foreach (var (block, index) in lines.Chunk(BlockSize).Select((b, i) => (b, i)))
        {
            db.ImportBlocks.Add(new MailboxImportBlock
            {
                ImportId = importId, Number = index + 1, RefusedCount = block.Count(l => !l.IsAdded), Lines = keyFile.Seal(JsonSerializer.Serialize(block), Place(importId, index + 1)),
            });
        }
    }

    /// <param name="after">The last block that is not meant.</param>
    /// <param name="hasRefused">True: only blocks with a line that is left out.</param>
    public async Task<IReadOnlyList<(int Block, PlannedLine Line)>> ReadAsync(long importId, int after, int? atMost, bool hasRefused, CancellationToken ct)
    {
        var blocks = db.ImportBlocks.AsNoTracking().Where(b => b.ImportId == importId && b.Number > after);
        if (hasRefused) blocks = blocks.Where(b => b.RefusedCount > 0);
        blocks = blocks.OrderBy(b => b.Number);
        if (atMost is { } most) blocks = blocks.Take(most);
        return [.. (await blocks.ToListAsync(ct)).SelectMany(b => Open(b).Select(l => (b.Number, l)))];
    }

    /// <summary>Takes the lines away.</summary>
    public Task RemoveBlocksAsync(long importId, CancellationToken ct) => db.ImportBlocks.Where(b => b.ImportId == importId).ExecuteDeleteAsync(ct);

    public string SealPassword(string password, long jobId, int number) => keyFile.Seal(password, PasswordPlace(jobId, number));

    public string OpenPassword(string text, long jobId, int number) => keyFile.Open(text, PasswordPlace(jobId, number));

    private PlannedLine[] Open(MailboxImportBlock block) => JsonSerializer.Deserialize<PlannedLine[]>(keyFile.Open(block.Lines, Place(block.ImportId, block.Number)))!;

    private static string Place(long importId, int number) => $"import_blocks.lines of {importId}/{number}";

    private static string PasswordPlace(long jobId, int number) => $"job_results.secret of {jobId}/{number}";
}
