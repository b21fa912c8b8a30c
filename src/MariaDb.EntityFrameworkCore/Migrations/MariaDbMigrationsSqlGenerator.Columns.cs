using MariaDb.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace MariaDb.EntityFrameworkCore.Migrations;

// Definitions of columns: type, collation, null, default, AUTO_INCREMENT, comment, in the order the server's grammar asks for.
internal sealed partial class MariaDbMigrationsSqlGenerator
{
    protected override void Generate(AlterColumnOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        builder.Append($"ALTER TABLE {Name(operation.Table, operation.Schema)} MODIFY COLUMN ");
        ColumnDefinition(operation.Schema, operation.Table, operation.Name, operation, model, builder);
        End(builder);
    }

    protected override void ColumnDefinition(
        string? schema, string table, string name, ColumnOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        if (operation.ComputedColumnSql is null) base.ColumnDefinition(schema, table, name, operation, model, builder);
        else ComputedColumnDefinition(schema, table, name, operation, model, builder);

        if (operation[MariaDbAnnotationProvider.AutoIncrement] is true) builder.Append(" AUTO_INCREMENT");
        if (operation.Comment is { } comment) builder.Append($" COMMENT {Literal(comment)}");
    }

    // A generated column takes no NOT NULL: whether it can be null follows from its expression.
    protected override void ComputedColumnDefinition(
        string? schema, string table, string name, ColumnOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        builder.Append($"{Name(name)} {operation.ColumnType ?? GetColumnType(schema, table, name, operation, model)}");
        if (operation.Collation is { } collation) builder.Append($" COLLATE {collation}");
        builder.Append($" AS ({operation.ComputedColumnSql}) {(operation.IsStored == true ? "PERSISTENT" : "VIRTUAL")}");
    }
}
