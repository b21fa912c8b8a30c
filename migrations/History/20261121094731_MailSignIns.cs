using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121094731_MailSignIns")]
    public class MailSignIns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "mailbox_sign_ins",
                columns: table => new
                {
                    mailbox_id = table.Column<long>(type: "bigint", nullable: false),
                    service = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    remote_address = table.Column<string>(type: "varchar(45)", maxLength: 45, nullable: false, collation: "utf8mb4_nopad_bin"),
                    first_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    last_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    times = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => new { x.mailbox_id, x.service, x.remote_address });
                    table.ForeignKey(
                        name: "FK_mailbox_sign_ins_mailboxes_mailbox_id",
                        column: x => x.mailbox_id,
                        principalTable: "mailboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "refused_sign_ins",
                columns: table => new
                {
                    mailbox_id = table.Column<long>(type: "bigint", nullable: false),
                    service = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    day = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    remote_address = table.Column<string>(type: "varchar(45)", maxLength: 45, nullable: false, collation: "utf8mb4_nopad_bin"),
                    last_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    times = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => new { x.mailbox_id, x.service, x.day });
                    table.ForeignKey(
                        name: "FK_refused_sign_ins_mailboxes_mailbox_id",
                        column: x => x.mailbox_id,
                        principalTable: "mailboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_mailbox_sign_ins_last_at",
                table: "mailbox_sign_ins",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "IX_refused_sign_ins_day",
                table: "refused_sign_ins",
                column: "day");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "mailbox_sign_ins");

            migrationBuilder.DropTable(
                name: "refused_sign_ins");
        }
    }
}
