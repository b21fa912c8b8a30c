using System.Text;
using Microsoft.EntityFrameworkCore.Update;

namespace MariaDb.EntityFrameworkCore.Update;

/// <summary>
/// INSERT .. RETURNING for generated values; UPDATE and DELETE without RETURNING, which MariaDB has not for UPDATE:
/// how many rows they met is read from the protocol.
/// </summary>
internal sealed class MariaDbUpdateSqlGenerator(UpdateSqlGeneratorDependencies dependencies) : UpdateSqlGenerator(dependencies)
{
    public override ResultSetMapping AppendUpdateOperation(
        StringBuilder commandStringBuilder, IReadOnlyModificationCommand command, int commandPosition, out bool requiresTransaction)
    {
        var columns = command.ColumnModifications;
        if (columns.FirstOrDefault(column => column.IsRead) is { } read)
        {
            throw new NotSupportedException(
                $"Column {read.ColumnName} of {command.TableName} is generated on update: MariaDB has no UPDATE .. RETURNING to read it back. "
                + "Set it in the application, or mark it ValueGeneratedOnAdd.");
        }
        AppendUpdateCommand(
            commandStringBuilder, command.TableName, command.Schema,
            [.. columns.Where(column => column.IsWrite)], [], [.. columns.Where(column => column.IsCondition)]);
        requiresTransaction = false;
        return ResultSetMapping.NoResults;
    }

    public override ResultSetMapping AppendDeleteOperation(
        StringBuilder commandStringBuilder, IReadOnlyModificationCommand command, int commandPosition, out bool requiresTransaction)
    {
        AppendDeleteCommand(
            commandStringBuilder, command.TableName, command.Schema, [], [.. command.ColumnModifications.Where(column => column.IsCondition)]);
        requiresTransaction = false;
        return ResultSetMapping.NoResults;
    }

    // A row of defaults: VALUES (), where the standard says DEFAULT VALUES.
    protected override void AppendValuesHeader(StringBuilder commandStringBuilder, IReadOnlyList<IColumnModification> operations) =>
        commandStringBuilder.AppendLine().Append("VALUES ");

    protected override void AppendValues(StringBuilder commandStringBuilder, string name, string? schema, IReadOnlyList<IColumnModification> operations)
    {
        if (operations.Count == 0) commandStringBuilder.Append("()");
        else base.AppendValues(commandStringBuilder, name, schema, operations);
    }
}
