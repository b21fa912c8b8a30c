using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121163346_ListFigures")]
    public class ListFigures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "domain_days",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    domain_id = table.Column<long>(type: "bigint", nullable: false),
                    mailboxes = table.Column<int>(type: "int", nullable: false),
                    aliases = table.Column<int>(type: "int", nullable: false),
                    used_bytes = table.Column<long>(type: "bigint", nullable: false),
                    allocated_bytes = table.Column<long>(type: "bigint", nullable: false),
                    with_quota = table.Column<int>(type: "int", nullable: false),
                    over_half = table.Column<int>(type: "int", nullable: false),
                    over_three_quarters = table.Column<int>(type: "int", nullable: false),
                    nearly_full = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => new { x.domain_id, x.day });
                    table.ForeignKey(
                        name: "FK_domain_days_domains_domain_id",
                        column: x => x.domain_id,
                        principalTable: "domains",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mailbox_figures",
                columns: table => new
                {
                    address_id = table.Column<long>(type: "bigint", nullable: false),
                    domain_id = table.Column<long>(type: "bigint", nullable: false),
                    fullness = table.Column<long>(type: "bigint", nullable: false),
                    last_sign_in = table.Column<long>(type: "bigint", nullable: false),
                    password_expires_at = table.Column<DateTime>(type: "datetime(6)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.address_id);
                    table.ForeignKey(
                        name: "FK_mailbox_figures_addresses_address_id",
                        column: x => x.address_id,
                        principalTable: "addresses",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "total_days",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    mailboxes = table.Column<int>(type: "int", nullable: false),
                    aliases = table.Column<int>(type: "int", nullable: false),
                    used_bytes = table.Column<long>(type: "bigint", nullable: false),
                    allocated_bytes = table.Column<long>(type: "bigint", nullable: false),
                    with_quota = table.Column<int>(type: "int", nullable: false),
                    over_half = table.Column<int>(type: "int", nullable: false),
                    over_three_quarters = table.Column<int>(type: "int", nullable: false),
                    nearly_full = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.day);
                });

            migrationBuilder.CreateIndex(
                name: "IX_domains_kind_alias_count",
                table: "domains",
                columns: new[] { "kind", "alias_count" });

            migrationBuilder.CreateIndex(
                name: "IX_domains_kind_allocated_quota",
                table: "domains",
                columns: new[] { "kind", "allocated_quota" });

            migrationBuilder.CreateIndex(
                name: "IX_domains_kind_mailbox_count",
                table: "domains",
                columns: new[] { "kind", "mailbox_count" });

            migrationBuilder.CreateIndex(
                name: "IX_addresses_domain_id_kind_id",
                table: "addresses",
                columns: new[] { "domain_id", "kind", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_addresses_kind_active_from",
                table: "addresses",
                columns: new[] { "kind", "active_from" });

            migrationBuilder.CreateIndex(
                name: "IX_addresses_kind_active_until",
                table: "addresses",
                columns: new[] { "kind", "active_until" });

            migrationBuilder.CreateIndex(
                name: "IX_addresses_kind_id",
                table: "addresses",
                columns: new[] { "kind", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_addresses_kind_is_active",
                table: "addresses",
                columns: new[] { "kind", "is_active" });

            migrationBuilder.CreateIndex(
                name: "IX_mailbox_figures_domain_id_fullness",
                table: "mailbox_figures",
                columns: new[] { "domain_id", "fullness" });

            migrationBuilder.CreateIndex(
                name: "IX_mailbox_figures_domain_id_last_sign_in",
                table: "mailbox_figures",
                columns: new[] { "domain_id", "last_sign_in" });

            migrationBuilder.CreateIndex(
                name: "IX_mailbox_figures_domain_id_password_expires_at",
                table: "mailbox_figures",
                columns: new[] { "domain_id", "password_expires_at" });

            migrationBuilder.CreateIndex(
                name: "IX_mailbox_figures_fullness",
                table: "mailbox_figures",
                column: "fullness");

            migrationBuilder.CreateIndex(
                name: "IX_mailbox_figures_last_sign_in",
                table: "mailbox_figures",
                column: "last_sign_in");

            migrationBuilder.CreateIndex(
                name: "IX_mailbox_figures_password_expires_at",
                table: "mailbox_figures",
                column: "password_expires_at");

            // Lists show every mailbox from the first moment; the panel counts the figures themselves within minutes.
            migrationBuilder.Sql("INSERT INTO mailbox_figures (address_id, domain_id, fullness, last_sign_in) SELECT id, domain_id, 0, 0 FROM addresses WHERE kind = 'mailbox'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "domain_days");

            migrationBuilder.DropTable(
                name: "mailbox_figures");

            migrationBuilder.DropTable(
                name: "total_days");

            migrationBuilder.DropIndex(
                name: "IX_domains_kind_alias_count",
                table: "domains");

            migrationBuilder.DropIndex(
                name: "IX_domains_kind_allocated_quota",
                table: "domains");

            migrationBuilder.DropIndex(
                name: "IX_domains_kind_mailbox_count",
                table: "domains");

            migrationBuilder.DropIndex(
                name: "IX_addresses_domain_id_kind_id",
                table: "addresses");

            migrationBuilder.DropIndex(
                name: "IX_addresses_kind_active_from",
                table: "addresses");

            migrationBuilder.DropIndex(
                name: "IX_addresses_kind_active_until",
                table: "addresses");

            migrationBuilder.DropIndex(
                name: "IX_addresses_kind_id",
                table: "addresses");

            migrationBuilder.DropIndex(
                name: "IX_addresses_kind_is_active",
                table: "addresses");
        }
    }
}
