using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121072442_DomainPermissions")]
    public class DomainPermissions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "permissions",
                table: "domain_admins",
                type: "int",
                nullable: false,
                defaultValue: 43);

            migrationBuilder.AddColumn<int>(
                name: "domain_limit",
                table: "accounts",
                type: "int",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "permissions",
                table: "domain_admins");

            migrationBuilder.DropColumn(
                name: "domain_limit",
                table: "accounts");
        }
    }
}
