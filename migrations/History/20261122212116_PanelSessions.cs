using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261122212116_PanelSessions")]
    public class PanelSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_networks");

            migrationBuilder.AddColumn<bool>(
                name: "has_second_factor",
                table: "panel_sessions",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "detail",
                table: "notices",
                type: "varchar(80)",
                maxLength: 80,
                nullable: true,
                collation: "utf8mb4_nopad_bin");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "has_second_factor",
                table: "panel_sessions");

            migrationBuilder.DropColumn(
                name: "detail",
                table: "notices");

            migrationBuilder.CreateTable(
                name: "account_networks",
                columns: table => new
                {
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    network = table.Column<string>(type: "varchar(45)", maxLength: 45, nullable: false, collation: "utf8mb4_nopad_bin"),
                    last_at = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => new { x.account_id, x.network });
                    table.ForeignKey(
                        name: "FK_account_networks_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_account_networks_last_at",
                table: "account_networks",
                column: "last_at");
        }
    }
}
