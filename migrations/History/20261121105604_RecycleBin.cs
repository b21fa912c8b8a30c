using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121105604_RecycleBin")]
    public class RecycleBin : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_kind",
                table: "domains");

            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_transport",
                table: "domains");

            migrationBuilder.DropCheckConstraint(
                name: "ck_addresses_kind",
                table: "addresses");

            migrationBuilder.CreateTable(
                name: "purges",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    home = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false, collation: "utf8mb4_nopad_bin"),
                    name = table.Column<string>(type: "varchar(318)", maxLength: 318, nullable: false, collation: "utf8mb4_nopad_bin"),
                    requested_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    requested_by = table.Column<string>(type: "varchar(254)", maxLength: 254, nullable: false, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "recycled_items",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    name = table.Column<string>(type: "varchar(318)", maxLength: 318, nullable: false, collation: "utf8mb4_nopad_bin"),
                    domain_id = table.Column<long>(type: "bigint", nullable: false),
                    address_id = table.Column<long>(type: "bigint", nullable: true),
                    owner_id = table.Column<long>(type: "bigint", nullable: true),
                    parent_id = table.Column<long>(type: "bigint", nullable: true),
                    was_active = table.Column<bool>(type: "tinyint(1)", nullable: false),
                    home = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true, collation: "utf8mb4_nopad_bin"),
                    quota_bytes = table.Column<long>(type: "bigint", nullable: true),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    mailbox_count = table.Column<int>(type: "int", nullable: false),
                    alias_count = table.Column<int>(type: "int", nullable: false),
                    deleted_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    deleted_by = table.Column<string>(type: "varchar(254)", maxLength: 254, nullable: false, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                    table.ForeignKey(
                        name: "FK_recycled_items_addresses_address_id",
                        column: x => x.address_id,
                        principalTable: "addresses",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_recycled_items_domains_domain_id",
                        column: x => x.domain_id,
                        principalTable: "domains",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_recycled_items_recycled_items_parent_id",
                        column: x => x.parent_id,
                        principalTable: "recycled_items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "recycled_rows",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    item_id = table.Column<long>(type: "bigint", nullable: false),
                    table_name = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_nopad_bin"),
                    content = table.Column<string>(type: "longtext", nullable: false, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                    table.ForeignKey(
                        name: "FK_recycled_rows_recycled_items_item_id",
                        column: x => x.item_id,
                        principalTable: "recycled_items",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_kind",
                table: "domains",
                sql: "kind IN ('hosted', 'alias', 'relay', 'recycled')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_recycled",
                table: "domains",
                sql: "kind <> 'recycled' OR is_active = 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_transport",
                table: "domains",
                sql: "transport IN ('lmtp', 'error', 'smtp', 'mx') AND (kind = 'relay') = (transport IN ('smtp', 'mx')) AND (kind IN ('hosted', 'recycled') OR transport <> 'error')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_addresses_kind",
                table: "addresses",
                sql: "(kind = 'recycled' OR (kind = 'catch_all') = (address LIKE '@%')) AND kind IN ('mailbox', 'alias', 'catch_all', 'relay_recipient', 'recycled')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_addresses_recycled",
                table: "addresses",
                sql: "kind <> 'recycled' OR is_active = 0");

            migrationBuilder.CreateIndex(
                name: "IX_purges_home",
                table: "purges",
                column: "home",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_recycled_items_address_id",
                table: "recycled_items",
                column: "address_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_recycled_items_deleted_at",
                table: "recycled_items",
                column: "deleted_at");

            migrationBuilder.CreateIndex(
                name: "IX_recycled_items_domain_id",
                table: "recycled_items",
                column: "domain_id");

            migrationBuilder.CreateIndex(
                name: "IX_recycled_items_home",
                table: "recycled_items",
                column: "home");

            migrationBuilder.CreateIndex(
                name: "IX_recycled_items_name",
                table: "recycled_items",
                column: "name");

            migrationBuilder.CreateIndex(
                name: "IX_recycled_items_owner_id",
                table: "recycled_items",
                column: "owner_id");

            migrationBuilder.CreateIndex(
                name: "IX_recycled_items_parent_id",
                table: "recycled_items",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "IX_recycled_rows_item_id_table_name",
                table: "recycled_rows",
                columns: new[] { "item_id", "table_name" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "purges");

            migrationBuilder.DropTable(
                name: "recycled_rows");

            migrationBuilder.DropTable(
                name: "recycled_items");

            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_kind",
                table: "domains");

            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_recycled",
                table: "domains");

            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_transport",
                table: "domains");

            migrationBuilder.DropCheckConstraint(
                name: "ck_addresses_kind",
                table: "addresses");

            migrationBuilder.DropCheckConstraint(
                name: "ck_addresses_recycled",
                table: "addresses");

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_kind",
                table: "domains",
                sql: "kind IN ('hosted', 'alias', 'relay')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_transport",
                table: "domains",
                sql: "transport IN ('lmtp', 'error', 'smtp', 'mx') AND (kind = 'relay') = (transport IN ('smtp', 'mx')) AND (kind = 'hosted' OR transport <> 'error')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_addresses_kind",
                table: "addresses",
                sql: "(kind = 'catch_all') = (address LIKE '@%') AND kind IN ('mailbox', 'alias', 'catch_all', 'relay_recipient')");
        }
    }
}
