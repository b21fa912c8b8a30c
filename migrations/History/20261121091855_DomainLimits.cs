using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121091855_DomainLimits")]
    public class DomainLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "allows_overcommit",
                table: "domains",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "mailbox_quota_limit",
                table: "domains",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "domain_tags",
                columns: table => new
                {
                    domain_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "varchar(32)", maxLength: 32, nullable: false, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => new { x.domain_id, x.name });
                    table.ForeignKey(
                        name: "FK_domain_tags_domains_domain_id",
                        column: x => x.domain_id,
                        principalTable: "domains",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_mailbox_quota_limit",
                table: "domains",
                sql: "mailbox_quota_limit > 0");

            migrationBuilder.CreateIndex(
                name: "IX_domain_tags_name",
                table: "domain_tags",
                column: "name");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "domain_tags");

            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_mailbox_quota_limit",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "allows_overcommit",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "mailbox_quota_limit",
                table: "domains");
        }
    }
}
