using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261122095022_DomainDnsChecks")]
    public class DomainDnsChecks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "domain_dns_checks",
                columns: table => new
                {
                    domain_id = table.Column<long>(type: "bigint", nullable: false),
                    checked_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    wrong_count = table.Column<int>(type: "int", nullable: false),
                    content = table.Column<string>(type: "longtext", nullable: false, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.domain_id);
                    table.ForeignKey(
                        name: "FK_domain_dns_checks_domains_domain_id",
                        column: x => x.domain_id,
                        principalTable: "domains",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_domain_dns_checks_checked_at",
                table: "domain_dns_checks",
                column: "checked_at");

            migrationBuilder.CreateIndex(
                name: "IX_domain_dns_checks_wrong_count",
                table: "domain_dns_checks",
                column: "wrong_count");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "domain_dns_checks");
        }
    }
}
