using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121065705_MailboxUsage")]
    public class MailboxUsage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "password_max_age_days",
                table: "domains",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "domain_usage",
                columns: table => new
                {
                    domain_id = table.Column<long>(type: "bigint", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    messages = table.Column<long>(type: "bigint", nullable: false),
                    counted_at = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.domain_id);
                    table.ForeignKey(
                        name: "FK_domain_usage_domains_domain_id",
                        column: x => x.domain_id,
                        principalTable: "domains",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mailbox_logins",
                columns: table => new
                {
                    address = table.Column<string>(type: "varchar(318)", maxLength: 318, nullable: false, collation: "utf8mb4_nopad_bin"),
                    service = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    seconds = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => new { x.address, x.service });
                });

            migrationBuilder.CreateTable(
                name: "mailbox_usage",
                columns: table => new
                {
                    address = table.Column<string>(type: "varchar(318)", maxLength: 318, nullable: false, collation: "utf8mb4_nopad_bin"),
                    bytes = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    messages = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.address);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_password_max_age_days",
                table: "domains",
                sql: "password_max_age_days > 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "domain_usage");

            migrationBuilder.DropTable(
                name: "mailbox_logins");

            migrationBuilder.DropTable(
                name: "mailbox_usage");

            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_password_max_age_days",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "password_max_age_days",
                table: "domains");
        }
    }
}
