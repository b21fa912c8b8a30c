using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261122100730_DkimRotation")]
    public class DkimRotation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "dkim_rotation_months",
                table: "domains",
                type: "int",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_dkim_rotation_months",
                table: "domains",
                sql: "dkim_rotation_months > 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_dkim_rotation_months",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "dkim_rotation_months",
                table: "domains");
        }
    }
}
