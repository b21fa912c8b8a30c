using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace MariaDb.EntityFrameworkCore.Update;

internal sealed class MariaDbModificationCommandBatchFactory(ModificationCommandBatchFactoryDependencies dependencies) : IModificationCommandBatchFactory
{
    public ModificationCommandBatch Create() => new MariaDbModificationCommandBatch(dependencies);
}

/// <summary>
/// One statement: the prepared-statement protocol takes no more. An UPDATE or DELETE that met no row lost a race
/// (the driver counts rows found, not rows changed), and so is a concurrency conflict.
/// </summary>
internal sealed class MariaDbModificationCommandBatch(ModificationCommandBatchFactoryDependencies dependencies)
    : ReaderModificationCommandBatch(dependencies, maxBatchSize: 1)
{
    private IReadOnlyModificationCommand Command => ModificationCommands[0];

    private bool ReturnsRow => ResultSetMappings[0].HasFlag(ResultSetMapping.HasResultRow);

    private bool IsConditional => Command.EntityState is EntityState.Modified or EntityState.Deleted;

    protected override void Consume(RelationalDataReader reader)
    {
        if (ReturnsRow)
        {
            if (!reader.Read()) throw NoRowReturned();

            Command.PropagateResults(reader);
        }
        else if (IsConditional && reader.DbDataReader.RecordsAffected is var rows and not 1)
        {
            var conflict = Conflict(rows);
            if (!Dependencies.UpdateLogger.OptimisticConcurrencyException(
                Dependencies.CurrentContext.Context, Command.Entries, conflict, (context, e, entries, definition) => EventData(reader, context, e, entries, definition))
                .IsSuppressed)
            {
                throw conflict;
            }
        }
    }

    protected override async Task ConsumeAsync(RelationalDataReader reader, CancellationToken cancellationToken = default)
    {
        if (ReturnsRow)
        {
            if (!await reader.ReadAsync(cancellationToken)) throw NoRowReturned();

            Command.PropagateResults(reader);
        }
        else if (IsConditional && reader.DbDataReader.RecordsAffected is var rows and not 1)
        {
            var conflict = Conflict(rows);
            var result = await Dependencies.UpdateLogger.OptimisticConcurrencyExceptionAsync(
                Dependencies.CurrentContext.Context, Command.Entries, conflict,
                (context, e, entries, definition) => EventData(reader, context, e, entries, definition), cancellationToken);
            if (!result.IsSuppressed) throw conflict;
        }
    }

    private static RelationalConcurrencyExceptionEventData EventData(
        RelationalDataReader reader, DbContext context, DbUpdateConcurrencyException exception, IReadOnlyList<IUpdateEntry> entries, EventDefinition<Exception> definition) =>
        new(
            definition, (_, data) => ((ConcurrencyExceptionEventData)data).Exception.Message,
            context, reader.RelationalConnection.DbConnection, reader.DbCommand, reader.DbDataReader,
            reader.CommandId, reader.RelationalConnection.ConnectionId, entries, exception);

    private static InvalidOperationException NoRowReturned() => new("INSERT .. RETURNING returned no row.");

    private DbUpdateConcurrencyException Conflict(int rows) =>
        new($"Saving {Command.TableName} met {rows} rows where it should have met 1: the row was changed or deleted since it was read.", Command.Entries);
}
