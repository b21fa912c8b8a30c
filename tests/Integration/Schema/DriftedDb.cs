using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AdminPanel.Tests.Integration.Schema;

/// <summary>A model with a table that its one migration does not know.</summary>
internal sealed class DriftedDb(DbContextOptions<DriftedDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Forgotten>();

    internal sealed class Forgotten
    {
        public long Id { get; init; }
    }
}

[DbContext(typeof(DriftedDb))]
[Migration("20260101000000_First")]
internal sealed class DriftedDbFirst : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("SELECT 1");
}

[DbContext(typeof(DriftedDb))]
internal sealed class DriftedDbSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) => modelBuilder.HasAnnotation("ProductVersion", "10.0.14");
}
