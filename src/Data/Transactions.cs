using System.Data;
using System.Data.Common;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Data;

/// <summary>
/// The one way to write: an execution strategy that repeats the whole unit of work after a deadlock, around one
/// explicit transaction that is committed when the outcome is Done and rolled back otherwise.
/// </summary>
public static class Transactions
{
    // MariaDB's number for "Duplicate entry ... for key" (ER_DUP_ENTRY).
    private const int DuplicateEntry = 1062;

    /// <param name="work">
    /// Runs again after a deadlock, so it starts from the database each time. Locks the domain row first where it
    /// touches one: with one order there is no circle to wait in.
    /// </param>
    /// <param name="duplicate">The answer when a unique index finds that somebody else was faster; null where none can.</param>
    /// <exception cref="DbException">The database is down, or the connection was lost at the commit.</exception>
    public static Task<Outcome<T>> InTransactionAsync<T>(
        this AdminDb db, Func<CancellationToken, Task<Outcome<T>>> work, Problem? duplicate, CancellationToken ct) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(token => db.RunOnceAsync(work, duplicate, token), ct);

    /// <summary>Counts as a change of the row itself when only its children or its address changed: the version goes up.</summary>
    public static void MarkChanged(this AdminDb db, IVersioned row)
    {
        var entry = db.Entry(row);
        if (entry.State == EntityState.Unchanged) entry.Property(r => r.UpdatedAt).IsModified = true;
    }

    private static async Task<Outcome<T>> RunOnceAsync<T>(
        this AdminDb db, Func<CancellationToken, Task<Outcome<T>>> work, Problem? duplicate, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        // Savepoints would cost two statements at every save, and nothing here is rolled back in part.
        db.Database.AutoSavepointsEnabled = false;
        // Read committed: after waiting for the domain's lock, a read sees what the holder of the lock has written.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        var outcome = await db.WorkAndSaveAsync(work, duplicate, ct);
        if (outcome is Outcome<T>.Done)
        {
            // A commit is not cancelled half-way: the answer would be unknown.
            await transaction.CommitAsync(CancellationToken.None);
        }
        else
        {
            await transaction.RollbackAsync(CancellationToken.None);
        }
        db.ChangeTracker.Clear();
        return outcome;
    }

    private static async Task<Outcome<T>> WorkAndSaveAsync<T>(
        this AdminDb db, Func<CancellationToken, Task<Outcome<T>>> work, Problem? duplicate, CancellationToken ct)
    {
        try
        {
            var outcome = await work(ct);
            if (outcome is Outcome<T>.Done && db.ChangeTracker.HasChanges()) await db.SaveChangesAsync(ct);
            return outcome;
        }
        catch (DbUpdateConcurrencyException e)
        {
            return await StaleAsync<T>(e, ct);
        }
        catch (DbUpdateException e) when (duplicate is not null && e.InnerException is DbException { ErrorCode: DuplicateEntry })
        {
            return Outcome.Refused<T>(duplicate);
        }
    }

    private static async Task<Outcome<T>> StaleAsync<T>(DbUpdateConcurrencyException stale, CancellationToken ct)
    {
        var stored = await stale.Entries[0].GetDatabaseValuesAsync(ct);
        return stored?.Properties.Any(p => p.Name == nameof(IVersioned.Version)) == true
            ? Outcome.Conflict<T>(stored.GetValue<long>(nameof(IVersioned.Version)))
            : Outcome.NotFound<T>();
    }
}
