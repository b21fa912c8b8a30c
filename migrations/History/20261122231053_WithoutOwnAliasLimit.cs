using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261122231053_WithoutOwnAliasLimit")]
    public class WithoutOwnAliasLimit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_own_alias_limit",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "own_alias_limit",
                table: "domains");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "own_alias_limit",
                table: "domains",
                type: "int",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_own_alias_limit",
                table: "domains",
                sql: "own_alias_limit >= 0");
        }
    }
}
