using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121102303_MailboxImports")]
    public class MailboxImports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "secret",
                table: "job_results",
                type: "varchar(255)",
                maxLength: 255,
                nullable: true,
                collation: "utf8mb4_nopad_bin");

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<int>(type: "int", nullable: false),
                    refused_count = table.Column<int>(type: "int", nullable: false),
                    unused_columns = table.Column<string>(type: "varchar(1000)", maxLength: 1000, nullable: true, collation: "utf8mb4_nopad_bin"),
                    expires_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    job_id = table.Column<long>(type: "bigint", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    updated_at = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                    table.ForeignKey(
                        name: "FK_imports_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_imports_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "import_blocks",
                columns: table => new
                {
                    import_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<int>(type: "int", nullable: false),
                    refused_count = table.Column<int>(type: "int", nullable: false),
                    lines = table.Column<string>(type: "longtext", nullable: false, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => new { x.import_id, x.number });
                    table.ForeignKey(
                        name: "FK_import_blocks_imports_import_id",
                        column: x => x.import_id,
                        principalTable: "imports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_imports_account_id",
                table: "imports",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "IX_imports_expires_at",
                table: "imports",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_imports_job_id",
                table: "imports",
                column: "job_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "import_blocks");

            migrationBuilder.DropTable(
                name: "imports");

            migrationBuilder.DropColumn(
                name: "secret",
                table: "job_results");
        }
    }
}
