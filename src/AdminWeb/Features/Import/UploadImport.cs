using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Import;

/// <summary>Reads a CSV file, says what would become of each line, and keeps that, sealed, until its owner decides. Nothing is added.</summary>
public sealed class UploadImport(AdminDb db, ImportPlanner planner, ImportStore store)
{
    /// <summary>How long a plan waits for a decision.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private const int MaxOfUnused = 1000;

    public sealed record Input
    {
        /// <summary>A file's octets.</summary>
        public ReadOnlyMemory<byte> File { get; init; }

        /// <summary>The input's property that problems with the file are shown at.</summary>
        public string Field { get; init; } = nameof(File);
    }

    /// <returns>The import's id.</returns>
    public async Task<Outcome<long>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (actor.AccountId is not { } accountId) return Outcome.NotFound<long>();
        if (!await db.Domains.PermittedTo(actor, DomainPermissions.Mailboxes).AnyAsync(d => d.Kind == DomainKind.Hosted, ct)) return Outcome.NotFound<long>();
        if (ImportFile.Read(input.File.Span, input.Field, out var problem) is not { } file) return Outcome.Refused<long>(problem!);

        var plan = await planner.PlanAsync(file.Lines, actor, ct);
        var unused = string.Join('\n', file.Unused.Select(ImportFile.Shown));
        return await db.InTransactionAsync(
            async token =>
            {
                var import = new MailboxImport
                {
                    AccountId = accountId, Total = plan.Count, RefusedCount = plan.Count(l => !l.IsAdded), ExpiresAt = db.UtcNow + Patience,
                    UnusedColumns = unused.Length == 0 ? null : unused[..Math.Min(unused.Length, MaxOfUnused)],
                };
                db.Imports.Add(import);
                await db.SaveChangesAsync(token);
                store.Add(import.Id, plan);
                db.Audit(actor, "import.upload", $"{import.Id}", after: new { import.Total, import.RefusedCount });
                return Outcome.Done(import.Id);
            },
            duplicate: null,
            ct);
    }
}
