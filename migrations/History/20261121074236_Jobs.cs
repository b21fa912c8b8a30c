using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121074236_Jobs")]
    public class Jobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    action = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    quota_bytes = table.Column<long>(type: "bigint", nullable: true),
                    selection = table.Column<string>(type: "longtext", nullable: false, collation: "utf8mb4_nopad_bin"),
                    account_id = table.Column<long>(type: "bigint", nullable: true),
                    actor = table.Column<string>(type: "varchar(254)", maxLength: 254, nullable: false, collation: "utf8mb4_nopad_bin"),
                    source = table.Column<string>(type: "varchar(45)", maxLength: 45, nullable: true, collation: "utf8mb4_nopad_bin"),
                    request_id = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_nopad_bin"),
                    state = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    total = table.Column<int>(type: "int", nullable: false),
                    done_count = table.Column<int>(type: "int", nullable: false),
                    refused_count = table.Column<int>(type: "int", nullable: false),
                    cursor = table.Column<string>(type: "varchar(320)", maxLength: 320, nullable: true, collation: "utf8mb4_nopad_bin"),
                    is_cancel_requested = table.Column<bool>(type: "tinyint(1)", nullable: false),
                    fence = table.Column<long>(type: "bigint", nullable: false),
                    lease_until = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    created_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    started_at = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    ended_at = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    problem = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: true, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "job_results",
                columns: table => new
                {
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<int>(type: "int", nullable: false),
                    subject = table.Column<string>(type: "varchar(320)", maxLength: 320, nullable: false, collation: "utf8mb4_nopad_bin"),
                    problem = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: true, collation: "utf8mb4_nopad_bin"),
                    arguments = table.Column<string>(type: "longtext", nullable: true, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => new { x.job_id, x.number });
                    table.ForeignKey(
                        name: "FK_job_results_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_jobs_account_id",
                table: "jobs",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "IX_jobs_state",
                table: "jobs",
                column: "state");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "job_results");

            migrationBuilder.DropTable(
                name: "jobs");
        }
    }
}
