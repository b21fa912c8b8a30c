using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121100018_JobTargets")]
    public class JobTargets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Jobs that were started before have no targets written down: they say so instead of ending as done.
            migrationBuilder.Sql("UPDATE jobs SET state = 'failed', problem = 'JobFault', ended_at = UTC_TIMESTAMP(6), lease_until = NULL WHERE state IN ('waiting', 'running')");

            migrationBuilder.AddColumn<long>(
                name: "domain_id",
                table: "job_results",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "job_targets",
                columns: table => new
                {
                    job_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<int>(type: "int", nullable: false),
                    address_id = table.Column<long>(type: "bigint", nullable: false),
                    domain_id = table.Column<long>(type: "bigint", nullable: false),
                    address = table.Column<string>(type: "varchar(320)", maxLength: 320, nullable: false, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => new { x.job_id, x.number });
                    table.ForeignKey(
                        name: "FK_job_targets_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "job_targets");

            migrationBuilder.DropColumn(
                name: "domain_id",
                table: "job_results");
        }
    }
}
