using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261122020924_SessionEnds")]
    public class SessionEnds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "session_ends",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    mask = table.Column<string>(type: "varchar(318)", maxLength: 318, nullable: false, collation: "utf8mb4_nopad_bin"),
                    at = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_mailboxes_password_changed_at",
                table: "mailboxes",
                column: "password_changed_at");

            migrationBuilder.CreateIndex(
                name: "IX_domains_password_max_age_days",
                table: "domains",
                column: "password_max_age_days");

            migrationBuilder.CreateIndex(
                name: "IX_session_ends_at",
                table: "session_ends",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "session_ends");

            migrationBuilder.DropIndex(
                name: "IX_mailboxes_password_changed_at",
                table: "mailboxes");

            migrationBuilder.DropIndex(
                name: "IX_domains_password_max_age_days",
                table: "domains");
        }
    }
}
