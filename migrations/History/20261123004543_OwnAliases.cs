using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261123004543_OwnAliases")]
    public class OwnAliases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "own_alias_limit",
                table: "domains",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "owner_address_id",
                table: "aliases",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_own_alias_limit",
                table: "domains",
                sql: "own_alias_limit >= 0");

            migrationBuilder.CreateIndex(
                name: "IX_aliases_owner_address_id",
                table: "aliases",
                column: "owner_address_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_own_alias_limit",
                table: "domains");

            migrationBuilder.DropIndex(
                name: "IX_aliases_owner_address_id",
                table: "aliases");

            migrationBuilder.DropColumn(
                name: "own_alias_limit",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "owner_address_id",
                table: "aliases");
        }
    }
}
