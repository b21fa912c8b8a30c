using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121154423_Notices")]
    public class Notices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "recovery_address",
                table: "mailboxes",
                type: "varchar(318)",
                maxLength: 318,
                nullable: true,
                collation: "utf8mb4_nopad_bin");

            migrationBuilder.AddColumn<string>(
                name: "welcome_language",
                table: "domains",
                type: "varchar(10)",
                maxLength: 10,
                nullable: true,
                collation: "utf8mb4_nopad_bin");

            migrationBuilder.AddColumn<string>(
                name: "welcome_text",
                table: "domains",
                type: "varchar(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "utf8mb4_nopad_bin");

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    mailbox_id = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    due_at = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    failures = table.Column<int>(type: "int", nullable: false),
                    refusal = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                    table.ForeignKey(
                        name: "FK_notices_mailboxes_mailbox_id",
                        column: x => x.mailbox_id,
                        principalTable: "mailboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_notices_due_at",
                table: "notices",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "IX_notices_mailbox_id_kind",
                table: "notices",
                columns: new[] { "mailbox_id", "kind" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropColumn(
                name: "recovery_address",
                table: "mailboxes");

            migrationBuilder.DropColumn(
                name: "welcome_language",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "welcome_text",
                table: "domains");
        }
    }
}
