using System.Diagnostics.CodeAnalysis;
using AdminPanel.Tests.Support;
using MariaDb.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using Xunit;

namespace AdminPanel.Tests.Integration.Provider;

/// <summary>Each operation of a migration, done to a table and looked at through the server's own words.</summary>
public sealed class MigrationOperationTests(LibraryDatabase database) : LibraryTests(database)
{
    [MariaDbFact]
    public async Task A_table_is_created_altered_renamed_and_dropped()
    {
        await ApplyAsync(m => m.CreateTable(
            "rooms",
            columns => new
            {
                id = columns.Column<long>("bigint").Annotation("MariaDb:AutoIncrement", true),
                name = columns.Column<string>("varchar(50)", collation: "utf8mb4_nopad_bin", comment: "what's on the door"),
                floor = columns.Column<int>("int", nullable: true, defaultValue: 2),
                made_at = columns.Column<DateTime>("datetime(6)", defaultValueSql: "CURRENT_TIMESTAMP(6)"),
                sign = columns.Column<string>("varchar(60)", computedColumnSql: "CONCAT('Room ', `name`)", stored: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PRIMARY", t => t.id);
                table.UniqueConstraint("AK_rooms_name", t => t.name);
                table.CheckConstraint("ck_rooms_floor", "`floor` < 100");
            },
            comment: "the building"));
        await Server.ExecuteAsync("INSERT INTO rooms (name) VALUES ('a')", Database.Name);
        Assert.Equal("1\ta\t2\tRoom a", await AskAsync("SELECT id, name, floor, sign FROM rooms"));
        Assert.Equal("InnoDB\tthe building", await AskAsync("SELECT engine, table_comment FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'rooms'"));
        Assert.Equal("utf8mb4\tutf8mb4_nopad_bin\twhat's on the door", await AskAsync(
            "SELECT character_set_name, collation_name, column_comment FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'rooms' AND column_name = 'name'"));

        await ApplyAsync(m =>
        {
            m.AddColumn<string>("note", "rooms", "longtext", nullable: true, collation: "utf8mb4_unicode_520_nopad_ci");
            m.AlterColumn<string>("name", "rooms", "varchar(80)", nullable: false, collation: "utf8mb4_nopad_bin", oldClrType: typeof(string));
            m.RenameColumn("floor", "rooms", "storey");
            m.CreateIndex("IX_rooms_storey", "rooms", ["storey", "name"], descending: [true, false]);
            m.RenameIndex("IX_rooms_storey", "IX_rooms_level", "rooms");
            m.DropUniqueConstraint("AK_rooms_name", "rooms");
            m.CreateIndex("IX_rooms_name", "rooms", "name", unique: true);
            m.RenameTable("rooms", newName: "chambers");
        });
        Assert.Equal("id,name,storey,made_at,sign,note", await AskAsync("SELECT GROUP_CONCAT(column_name ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'chambers'"));
        Assert.Equal("varchar(80)\tNO", await AskAsync("SELECT column_type, is_nullable FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'chambers' AND column_name = 'name'"));
        Assert.Equal("IX_rooms_level,IX_rooms_name,PRIMARY", await AskAsync(
            "SELECT GROUP_CONCAT(DISTINCT index_name ORDER BY index_name) FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'chambers'"));

        await ApplyAsync(m =>
        {
            m.DropIndex("IX_rooms_level", "chambers");
            m.DropColumn("note", "chambers");
            m.DropTable("chambers");
        });
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name IN ('rooms', 'chambers')"));
    }

    [MariaDbFact]
    public async Task Keys_and_constraints_are_added_and_dropped()
    {
        await Server.ExecuteAsync("CREATE TABLE parents (id bigint NOT NULL, kind int NOT NULL); CREATE TABLE children (parent_id bigint NOT NULL, kind int NOT NULL)", Database.Name);

        await ApplyAsync(m =>
        {
            m.AddPrimaryKey("PK_parents", "parents", "id");
            m.AddUniqueConstraint("AK_parents", "parents", ["id", "kind"]);
            m.AddForeignKey("FK_children", "children", ["parent_id", "kind"], "parents", principalColumns: ["id", "kind"], onDelete: ReferentialAction.Cascade);
            m.AddCheckConstraint("ck_children_kind", "children", "kind = 1");
        });
        Assert.Equal("ck_children_kind,FK_children", await ConstraintsOfAsync("children"));
        Assert.Equal("AK_parents,PRIMARY", await ConstraintsOfAsync("parents"));
        Assert.Equal("CASCADE", await AskAsync("SELECT delete_rule FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE() AND constraint_name = 'FK_children'"));

        await ApplyAsync(m =>
        {
            m.DropCheckConstraint("ck_children_kind", "children");
            m.DropForeignKey("FK_children", "children");
            m.DropUniqueConstraint("AK_parents", "parents");
            m.DropPrimaryKey("PRIMARY", "parents");
            m.DropTable("children");
        });
        Assert.Equal("NULL", await ConstraintsOfAsync("parents"));
        await ApplyAsync(m => m.DropTable("parents"));
    }

    [MariaDbFact]
    public async Task Data_and_plain_sql_go_with_a_migration()
    {
        await ApplyAsync(m =>
        {
            m.InsertData("shelves", ["Name", "Capacity", "IsOpen"], ["varchar(100)", "int", "tinyint(1)"], new object[] { "it's \\ seeded", 5, true });
            m.UpdateData("shelves", ["Name"], ["varchar(100)"], ["it's \\ seeded"], ["Capacity"], ["int"], [6]);
            m.Sql("UPDATE shelves SET Capacity = Capacity + 1");
        });

        Assert.Equal("7", await AskAsync(@"SELECT Capacity FROM shelves WHERE Name = 'it''s \\ seeded'"));
    }

    /// <summary>The server takes one statement at a time.</summary>
    [MariaDbFact]
    [SuppressMessage("Performance", "CA1814", Justification = "Migrations take rows so.")]
    public async Task Several_rows_of_seed_data_are_inserted_changed_and_deleted()
    {
        await ApplyAsync(m =>
        {
            m.InsertData(
                "shelves", ["Name", "Capacity", "IsOpen"], ["varchar(100)", "int", "tinyint(1)"], new object[,] { { "a", 5, true }, { "b", 6, false }, { "c", 7, true } });
            m.UpdateData("shelves", ["Name"], ["varchar(100)"], new object[,] { { "a" }, { "b" } }, ["Capacity"], ["int"], new object[,] { { 15 }, { 16 } });
        });
        Assert.Equal("a15,b16,c7", await AskAsync("SELECT GROUP_CONCAT(CONCAT(Name, Capacity) ORDER BY Name) FROM shelves"));

        await ApplyAsync(m => m.DeleteData("shelves", ["Name"], ["varchar(100)"], new object[,] { { "a" }, { "b" } }));
        Assert.Equal("c", await AskAsync("SELECT GROUP_CONCAT(Name) FROM shelves"));
    }

    /// <summary>The scaffolder sees no new name of the key, so it does not drop it under the AUTO_INCREMENT column (error 1075).</summary>
    [MariaDbFact]
    public async Task A_table_that_counts_up_is_renamed_with_its_key()
    {
        await using var before = new Drawers(Database.ConnectionString, "drawers");
        await using var after = new Drawers(Database.ConnectionString, "boxes");
        IReadOnlyList<MigrationOperation> Between(Drawers? old, Drawers changed) => changed.GetService<IMigrationsModelDiffer>()
            .GetDifferences(old?.GetService<IDesignTimeModel>().Model.GetRelationalModel(), changed.GetService<IDesignTimeModel>().Model.GetRelationalModel());

        await ApplyAsync(m => m.Operations.AddRange(Between(null, before)));
        await Server.ExecuteAsync("INSERT INTO drawers (Label) VALUES ('a')", Database.Name);
        await ApplyAsync(m => m.Operations.AddRange(Between(before, after)));
        await Server.ExecuteAsync("INSERT INTO boxes (Label) VALUES ('b')", Database.Name);

        Assert.Equal("a1,b2", await AskAsync("SELECT GROUP_CONCAT(CONCAT(Label, Id) ORDER BY Id) FROM boxes"));
        await ApplyAsync(m => m.DropTable("boxes"));
    }

    [MariaDbFact]
    public async Task Comments_and_the_databases_collation_are_changed()
    {
        await Server.ExecuteAsync("CREATE TABLE notes (id int PRIMARY KEY) COMMENT 'old'", Database.Name);

        await ApplyAsync(m =>
        {
            m.AlterTable("notes", comment: "it's new", oldComment: "old");
            m.AlterDatabase(collation: "utf8mb4_unicode_520_nopad_ci", oldCollation: "utf8mb4_nopad_bin");
        });

        Assert.Equal("it's new", await AskAsync("SELECT table_comment FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'notes'"));
        Assert.Equal("utf8mb4_unicode_520_nopad_ci", await AskAsync("SELECT default_collation_name FROM information_schema.schemata WHERE schema_name = DATABASE()"));
        await ApplyAsync(m => m.DropTable("notes"));
    }

    [MariaDbFact]
    public async Task What_the_server_cannot_do_is_refused_in_words()
    {
        var schema = await Assert.ThrowsAsync<NotSupportedException>(() => ApplyAsync(m => m.EnsureSchema("dbo")));
        var filter = await Assert.ThrowsAsync<NotSupportedException>(() => ApplyAsync(m => m.CreateIndex("IX", "shelves", "Name", filter: "Capacity > 1")));

        Assert.Contains("dbo", schema.Message, StringComparison.Ordinal);
        Assert.Contains("Capacity > 1", filter.Message, StringComparison.Ordinal);
    }

    private sealed class Drawers(string connectionString, string table) : DbContext
    {
        public string Table => table;

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
            optionsBuilder.UseMariaDb(connectionString).ReplaceService<IModelCacheKeyFactory, KeyByTable>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Drawer>().ToTable(table);
    }

    private sealed class KeyByTable : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (((Drawers)context).Table, designTime);
    }

    private sealed class Drawer
    {
        public long Id { get; init; }

        public required string Label { get; init; }
    }

    private Task<string> ConstraintsOfAsync(string table) => AskAsync(
        $"SELECT GROUP_CONCAT(constraint_name ORDER BY constraint_name) FROM information_schema.table_constraints WHERE table_schema = DATABASE() AND table_name = '{table}'");

    private async Task ApplyAsync(Action<MigrationBuilder> migration)
    {
        await using var db = Database.Open();
        var builder = new MigrationBuilder(db.Database.ProviderName);
        migration(builder);
        var commands = db.GetService<IMigrationsSqlGenerator>().Generate(builder.Operations);
        await db.GetService<IMigrationCommandExecutor>().ExecuteNonQueryAsync(commands, db.GetService<IRelationalConnection>());
    }
}
