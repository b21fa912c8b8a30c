using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121143030_AuditSeals")]
    public class AuditSeals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_seals",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    sealed_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    sealed_to = table.Column<long>(type: "bigint", nullable: false),
                    first_id = table.Column<long>(type: "bigint", nullable: false),
                    entry_count = table.Column<int>(type: "int", nullable: false),
                    entries = table.Column<byte[]>(type: "longblob", nullable: false),
                    previous = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_nopad_bin"),
                    digest = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_nopad_bin"),
                    mark = table.Column<string>(type: "varchar(160)", maxLength: 160, nullable: false, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "IX_audit_seals_sealed_at",
                table: "audit_seals",
                column: "sealed_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_seals");
        }
    }
}
