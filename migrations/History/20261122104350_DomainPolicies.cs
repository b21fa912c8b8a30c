using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261122104350_DomainPolicies")]
    public class DomainPolicies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "dmarc_step",
                table: "domains",
                type: "varchar(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "none",
                collation: "utf8mb4_nopad_bin");

            migrationBuilder.AddColumn<string>(
                name: "mta_sts",
                table: "domains",
                type: "varchar(16)",
                maxLength: 16,
                nullable: true,
                collation: "utf8mb4_nopad_bin");

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_dmarc_step",
                table: "domains",
                sql: "dmarc_step IN ('none', 'quarantine_test', 'quarantine', 'reject_test', 'reject')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_mta_sts",
                table: "domains",
                sql: "mta_sts IN ('none', 'testing', 'enforce')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_dmarc_step",
                table: "domains");

            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_mta_sts",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "dmarc_step",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "mta_sts",
                table: "domains");
        }
    }
}
