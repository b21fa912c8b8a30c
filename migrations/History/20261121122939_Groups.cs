using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121122939_Groups")]
    public class Groups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_group",
                table: "addresses",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_addresses_is_group_domain_id",
                table: "addresses",
                columns: new[] { "is_group", "domain_id" });

            migrationBuilder.AddCheckConstraint(
                name: "ck_addresses_group",
                table: "addresses",
                sql: "is_group = 0 OR kind IN ('alias', 'recycled')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_addresses_is_group_domain_id",
                table: "addresses");

            migrationBuilder.DropCheckConstraint(
                name: "ck_addresses_group",
                table: "addresses");

            migrationBuilder.DropColumn(
                name: "is_group",
                table: "addresses");
        }
    }
}
