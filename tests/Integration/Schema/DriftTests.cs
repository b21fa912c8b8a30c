using AdminPanel.Migrations.CompiledModel;
using AdminPanel.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace AdminPanel.Tests.Integration.Schema;

/// <summary>
/// Model, migrations and compiled model say the same thing. When one of these fails: migrations/README.md has the two
/// commands.
/// </summary>
public sealed class DriftTests(PanelDatabase database) : IClassFixture<PanelDatabase>
{
    private const string NotOurs = "NOT IN ('__EFMigrationsHistory', '__EFMigrationsLock')";

    /// <summary>By name: a migration appends a column, the model puts it in its place.</summary>
    [MariaDbTheory]
    [InlineData("columns", "table_name, column_name, column_default, is_nullable, column_type, collation_name, column_key, extra, column_comment, generation_expression")]
    [InlineData("statistics", "table_name, index_name, seq_in_index, column_name, non_unique, collation, index_type")]
    [InlineData("table_constraints", "table_name, constraint_name, constraint_type")]
    [InlineData("key_column_usage", "table_name, constraint_name, ordinal_position, column_name, referenced_table_name, referenced_column_name")]
    [InlineData("tables", "table_name, engine, table_collation, table_type, create_options, table_comment")]
    [InlineData("check_constraints", "table_name, constraint_name, check_clause", "constraint_schema")]
    [InlineData("referential_constraints", "table_name, constraint_name, referenced_table_name, unique_constraint_name, update_rule, delete_rule", "constraint_schema")]
    public async Task The_migrated_schema_is_the_models(string view, string columns, string schema = "table_schema")
    {
        var sql = $"SELECT {columns} FROM information_schema.{view} WHERE {schema} = DATABASE() AND table_name {NotOurs} ORDER BY 1, 2, 3";

        var created = await database.ExecuteAsync(sql, database.Created);

        Assert.NotEqual("", created);
        Assert.Equal(created, await database.ExecuteAsync(sql, database.Migrated));
    }

    [MariaDbTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_model_has_no_change_that_no_migration_has(bool useCompiledModel)
    {
        await using var db = database.Open(useCompiledModel: useCompiledModel);

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [MariaDbFact]
    public async Task The_compiled_model_is_the_model()
    {
        await using var db = database.Open();
        await using var compiled = database.Open(useCompiledModel: true);
        await compiled.Database.SqlQueryRaw<RowOfItsOwn>("SELECT 1 AS Number").ToListAsync();

        Assert.Equal(Description(db.GetService<IModel>()), Description(AdminDbModel.Instance));
    }

    // Rows of a query's own (SqlQuery) join the compiled model, which is one for the process, when somebody first asks for them.
    private static string Description(IModel model)
    {
        var lines = model.ToDebugString(MetadataDebugStringOptions.LongDefault).Split('\n').Select(line => line.TrimEnd()).ToList();
        var adHoc = lines.FindIndex(line => line.TrimStart().StartsWith("Ad-hoc entity types", StringComparison.Ordinal));
        if (adHoc >= 0) lines.RemoveRange(adHoc, lines.FindIndex(adHoc, line => line.StartsWith("Annotations", StringComparison.Ordinal)) - adHoc);
        return string.Join('\n', lines);
    }

    private sealed record RowOfItsOwn
    {
        public long Number { get; init; }
    }
}
