using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Update;

namespace MariaDb.EntityFrameworkCore.Migrations;

/// <summary>The statements of a migration, in MariaDB's words.</summary>
internal sealed partial class MariaDbMigrationsSqlGenerator(MigrationsSqlGeneratorDependencies dependencies) : MigrationsSqlGenerator(dependencies)
{
    private bool commitsByItself;

    protected override void Generate(MigrationOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        // The server commits before and after each data definition statement: a transaction around it would be a promise
        // that is not kept. Said so, EF Core resumes a retried migration after the statements that are done.
        commitsByItself = operation is not (SqlOperation or InsertDataOperation or UpdateDataOperation or DeleteDataOperation);
        base.Generate(operation, model, builder);
    }

    protected override void EndStatement(MigrationCommandListBuilder builder, bool suppressTransaction = false) =>
        base.EndStatement(builder, suppressTransaction || commitsByItself);

    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate: false);
        builder.Append(" ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4");
        if (model?.GetCollation() is { } collation) builder.Append($" COLLATE {collation}");
        if (operation.Comment is { } comment) builder.Append($" COMMENT {Literal(comment)}");
        if (terminate) End(builder);
    }

    protected override void Generate(AlterTableOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        if (operation.Comment == operation.OldTable.Comment) return;

        builder.Append($"ALTER TABLE {Name(operation.Name, operation.Schema)} COMMENT {Literal(operation.Comment ?? "")}");
        End(builder);
    }

    protected override void Generate(RenameTableOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        builder.Append($"RENAME TABLE {Name(operation.Name, operation.Schema)} TO {Name(operation.NewName ?? operation.Name, operation.NewSchema)}");
        End(builder);
    }

    protected override void Generate(AlterDatabaseOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        if (operation.Collation is null || operation.Collation == operation.OldDatabase.Collation) return;

        builder.Append($"ALTER DATABASE CHARACTER SET utf8mb4 COLLATE {operation.Collation}");
        End(builder);
    }

    protected override void Generate(EnsureSchemaOperation operation, IModel? model, MigrationCommandListBuilder builder) =>
        throw new NotSupportedException($"MariaDB has no schemas within a database: remove the schema '{operation.Name}' from the model.");

    protected override void Generate(RenameColumnOperation operation, IModel? model, MigrationCommandListBuilder builder) =>
        AlterTable(operation.Table, operation.Schema, $"RENAME COLUMN {Name(operation.Name)} TO {Name(operation.NewName)}", builder);

    protected override void Generate(RenameIndexOperation operation, IModel? model, MigrationCommandListBuilder builder) =>
        AlterTable(TableOf(operation.Table, operation.Name), operation.Schema, $"RENAME INDEX {Name(operation.Name)} TO {Name(operation.NewName)}", builder);

    protected override void Generate(DropIndexOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true) =>
        AlterTable(TableOf(operation.Table, operation.Name), operation.Schema, $"DROP INDEX {Name(operation.Name)}", builder, terminate);

    protected override void Generate(DropPrimaryKeyOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true) =>
        AlterTable(operation.Table, operation.Schema, "DROP PRIMARY KEY", builder, terminate);

    protected override void Generate(DropForeignKeyOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true) =>
        AlterTable(operation.Table, operation.Schema, $"DROP FOREIGN KEY {Name(operation.Name)}", builder, terminate);

    protected override void Generate(DropUniqueConstraintOperation operation, IModel? model, MigrationCommandListBuilder builder) =>
        AlterTable(operation.Table, operation.Schema, $"DROP INDEX {Name(operation.Name)}", builder);

    protected override void Generate(InsertDataOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true) =>
        OneByOne(GenerateModificationCommands(operation, model), (sql, row) => SqlGenerator.AppendInsertOperation(sql, row, commandPosition: 0), builder);

    protected override void Generate(UpdateDataOperation operation, IModel? model, MigrationCommandListBuilder builder) =>
        OneByOne(GenerateModificationCommands(operation, model), (sql, row) => SqlGenerator.AppendUpdateOperation(sql, row, commandPosition: 0), builder);

    protected override void Generate(DeleteDataOperation operation, IModel? model, MigrationCommandListBuilder builder) =>
        OneByOne(GenerateModificationCommands(operation, model), (sql, row) => SqlGenerator.AppendDeleteOperation(sql, row, commandPosition: 0), builder);

    protected override void IndexOptions(MigrationOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        if (operation is CreateIndexOperation { Filter: { } filter } index)
            throw new NotSupportedException($"MariaDB has no filtered indexes: remove the filter \"{filter}\" of index {index.Name}.");
    }

    // The server calls every primary key PRIMARY, whatever name it is given.
    protected override void PrimaryKeyConstraint(AddPrimaryKeyOperation operation, IModel? model, MigrationCommandListBuilder builder) =>
        builder.Append($"PRIMARY KEY ({ColumnList(operation.Columns)})");

    private static string TableOf(string? table, string index) =>
        table ?? throw new InvalidOperationException($"The migration does not say which table index {index} is on.");

    /// <summary>One command a row: the prepared-statement protocol takes one statement.</summary>
    private void OneByOne(
        IEnumerable<IReadOnlyModificationCommand> rows, Action<StringBuilder, IReadOnlyModificationCommand> append, MigrationCommandListBuilder builder)
    {
        foreach (var row in rows)
        {
            var sql = new StringBuilder();
            append(sql, row);
            builder.Append(sql.ToString());
            EndStatement(builder);
        }
    }

    private void AlterTable(string table, string? schema, string change, MigrationCommandListBuilder builder, bool terminate = true)
    {
        builder.Append($"ALTER TABLE {Name(table, schema)} {change}");
        if (terminate) End(builder);
    }

    private void End(MigrationCommandListBuilder builder)
    {
        builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
        EndStatement(builder);
    }

    private string Name(string name, string? schema = null) => Dependencies.SqlGenerationHelper.DelimitIdentifier(name, schema);

    private string Literal(string text) => Dependencies.TypeMappingSource.FindMapping(typeof(string))!.GenerateSqlLiteral(text);
}
