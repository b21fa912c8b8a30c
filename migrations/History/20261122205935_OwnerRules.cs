using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261122205935_OwnerRules")]
    public class OwnerRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "own_alias_limit",
                table: "domains",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "owner_rights",
                table: "domains",
                type: "int",
                nullable: false,
                defaultValue: 1471);

            migrationBuilder.AddColumn<bool>(
                name: "owners_need_second_factor",
                table: "domains",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "password_min_length",
                table: "domains",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "tells_of_new_networks",
                table: "accounts",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: false);

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

            migrationBuilder.CreateTable(
                name: "panel_sessions",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    stamp = table.Column<string>(type: "varchar(128)", maxLength: 128, nullable: false, collation: "utf8mb4_nopad_bin"),
                    started_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    source = table.Column<string>(type: "varchar(45)", maxLength: 45, nullable: true, collation: "utf8mb4_nopad_bin"),
                    browser = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                    table.ForeignKey(
                        name: "FK_panel_sessions_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "role_rules",
                columns: table => new
                {
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    needs_second_factor = table.Column<bool>(type: "tinyint(1)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.kind);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_own_alias_limit",
                table: "domains",
                sql: "own_alias_limit >= 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_password_min_length",
                table: "domains",
                sql: "password_min_length > 0");

            migrationBuilder.CreateIndex(
                name: "IX_account_networks_last_at",
                table: "account_networks",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "IX_panel_sessions_account_id",
                table: "panel_sessions",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "IX_panel_sessions_last_seen_at",
                table: "panel_sessions",
                column: "last_seen_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_networks");

            migrationBuilder.DropTable(
                name: "panel_sessions");

            migrationBuilder.DropTable(
                name: "role_rules");

            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_own_alias_limit",
                table: "domains");

            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_password_min_length",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "own_alias_limit",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "owner_rights",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "owners_need_second_factor",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "password_min_length",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "tells_of_new_networks",
                table: "accounts");
        }
    }
}
