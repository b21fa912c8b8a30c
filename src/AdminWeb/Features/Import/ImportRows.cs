using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Import;

/// <summary>What an import would do.</summary>
/// <param name="Total">Lines.</param>
/// <param name="Unused">Headings of columns that are not used.</param>
public sealed record ImportDetail(long Id, long Version, int Total, int RefusedCount, IReadOnlyList<string> Unused)
{
    public int AddedCount => Total - RefusedCount;
}

/// <param name="LastBlock">Where the next page begins; null on the last one.</param>
public sealed record ImportPage(IReadOnlyList<PlannedLine> Lines, int? LastBlock);

/// <summary>Imports that wait for a decision, for whoever uploaded them.</summary>
public sealed class ImportRows(AdminDb db, ImportStore store)
{
    /// <summary>Blocks of a page.</summary>
    private const int Blocks = 4;

    /// <summary>Where only what is left out is shown: few lines of each block are.</summary>
    private const int RefusedBlocks = 40;

    /// <summary>Null where there is no such import for this actor.</summary>
    public async Task<ImportDetail?> FindAsync(long id, Actor actor, CancellationToken ct)
    {
        var now = db.UtcNow;
        var found = await db.Imports.AsNoTracking().VisibleTo(actor).FirstOrDefaultAsync(i => i.Id == id && i.JobId == null && i.ExpiresAt > now, ct);
        return found is null ? null : new ImportDetail(found.Id, found.Version, found.Total, found.RefusedCount, found.UnusedColumns?.Split('\n') ?? []);
    }

    /// <param name="after">The last block of the page before; 0 for the first page.</param>
    /// <param name="onlyRefused">Only lines that are left out.</param>
    public async Task<ImportPage> LinesAsync(long id, int after, bool onlyRefused, CancellationToken ct)
    {
        // One block more says whether there is another page.
        var most = onlyRefused ? RefusedBlocks : Blocks;
        var lines = await store.ReadAsync(id, after, most + 1, onlyRefused, ct);
        var blocks = lines.Select(l => l.Block).Distinct().ToList();
        var last = blocks.Count > most ? blocks[most - 1] : (int?)null;
        return new ImportPage([.. lines.Where(l => (last is null || l.Block <= last) && !(onlyRefused && l.Line.IsAdded)).Select(l => l.Line)], last);
    }
}
