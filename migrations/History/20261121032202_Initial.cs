using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121032202_Initial")]
    public class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "accounts",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    login = table.Column<string>(type: "varchar(254)", maxLength: 254, nullable: false, collation: "utf8mb4_nopad_bin"),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    password_hash = table.Column<string>(type: "varchar(512)", maxLength: 512, nullable: false, collation: "utf8mb4_nopad_bin"),
                    security_stamp = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_nopad_bin"),
                    is_active = table.Column<bool>(type: "tinyint(1)", nullable: false),
                    last_sign_in_at = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    updated_at = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                    table.CheckConstraint("ck_accounts_kind", "kind IN ('superadmin', 'domain_admin')");
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: true),
                    actor = table.Column<string>(type: "varchar(254)", maxLength: 254, nullable: false, collation: "utf8mb4_nopad_bin"),
                    source = table.Column<string>(type: "varchar(45)", maxLength: 45, nullable: true, collation: "utf8mb4_nopad_bin"),
                    request_id = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_nopad_bin"),
                    action = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_nopad_bin"),
                    subject = table.Column<string>(type: "varchar(320)", maxLength: 320, nullable: false, collation: "utf8mb4_nopad_bin"),
                    domain_id = table.Column<long>(type: "bigint", nullable: true),
                    before = table.Column<string>(type: "longtext", nullable: true, collation: "utf8mb4_nopad_bin"),
                    after = table.Column<string>(type: "longtext", nullable: true, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    name = table.Column<string>(type: "varchar(128)", maxLength: 128, nullable: false, collation: "utf8mb4_nopad_bin"),
                    xml = table.Column<string>(type: "longtext", nullable: false, collation: "utf8mb4_nopad_bin"),
                    created_at = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "domains",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    name = table.Column<string>(type: "varchar(253)", maxLength: 253, nullable: false, collation: "utf8mb4_nopad_bin"),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    target_id = table.Column<long>(type: "bigint", nullable: true),
                    target_kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: true, collation: "utf8mb4_nopad_bin"),
                    is_active = table.Column<bool>(type: "tinyint(1)", nullable: false),
                    description = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true, collation: "utf8mb4_unicode_520_nopad_ci"),
                    mailbox_limit = table.Column<int>(type: "int", nullable: true),
                    alias_limit = table.Column<int>(type: "int", nullable: true),
                    quota_limit = table.Column<long>(type: "bigint", nullable: true),
                    default_quota = table.Column<long>(type: "bigint", nullable: true),
                    mailbox_count = table.Column<int>(type: "int", nullable: false),
                    alias_count = table.Column<int>(type: "int", nullable: false),
                    allocated_quota = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    updated_at = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                    table.UniqueConstraint("AK_domains_id_kind", x => new { x.id, x.kind });
                    table.CheckConstraint("ck_domains_kind", "kind IN ('hosted', 'alias')");
                    table.CheckConstraint("ck_domains_target", "(kind = 'alias') = (target_id IS NOT NULL) AND (target_id IS NULL) = (target_kind IS NULL)");
                    table.CheckConstraint("ck_domains_target_kind", "target_kind = 'hosted'");
                    table.ForeignKey(
                        name: "FK_domains_domains_target_id_target_kind",
                        columns: x => new { x.target_id, x.target_kind },
                        principalTable: "domains",
                        principalColumns: new[] { "id", "kind" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "settings",
                columns: table => new
                {
                    key = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_nopad_bin"),
                    value = table.Column<string>(type: "varchar(1024)", maxLength: 1024, nullable: false, collation: "utf8mb4_nopad_bin"),
                    updated_at = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "setup_tokens",
                columns: table => new
                {
                    digest = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_nopad_bin"),
                    expires_at = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.digest);
                });

            migrationBuilder.CreateTable(
                name: "sign_in_budgets",
                columns: table => new
                {
                    bucket = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_nopad_bin"),
                    window_start = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    failures = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.bucket);
                });

            migrationBuilder.CreateTable(
                name: "addresses",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    address = table.Column<string>(type: "varchar(318)", maxLength: 318, nullable: false, collation: "utf8mb4_nopad_bin"),
                    domain_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    is_active = table.Column<bool>(type: "tinyint(1)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                    table.UniqueConstraint("AK_addresses_id_kind", x => new { x.id, x.kind });
                    table.CheckConstraint("ck_addresses_kind", "(kind = 'catch_all') = (address LIKE '@%') AND kind IN ('mailbox', 'alias', 'catch_all')");
                    table.ForeignKey(
                        name: "FK_addresses_domains_domain_id",
                        column: x => x.domain_id,
                        principalTable: "domains",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "domain_admins",
                columns: table => new
                {
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    domain_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => new { x.account_id, x.domain_id });
                    table.ForeignKey(
                        name: "FK_domain_admins_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_domain_admins_domains_domain_id",
                        column: x => x.domain_id,
                        principalTable: "domains",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "aliases",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    address_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    comment = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true, collation: "utf8mb4_unicode_520_nopad_ci"),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    updated_at = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                    table.CheckConstraint("ck_aliases_kind", "kind IN ('alias', 'catch_all')");
                    table.ForeignKey(
                        name: "FK_aliases_addresses_address_id_kind",
                        columns: x => new { x.address_id, x.kind },
                        principalTable: "addresses",
                        principalColumns: new[] { "id", "kind" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "destinations",
                columns: table => new
                {
                    address_id = table.Column<long>(type: "bigint", nullable: false),
                    address = table.Column<string>(type: "varchar(318)", maxLength: 318, nullable: false, collation: "utf8mb4_nopad_bin"),
                    local_part = table.Column<string>(type: "varchar(64)", maxLength: 64, nullable: false, collation: "utf8mb4_nopad_bin"),
                    domain_name = table.Column<string>(type: "varchar(253)", maxLength: 253, nullable: false, collation: "utf8mb4_nopad_bin")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => new { x.address_id, x.address });
                    table.ForeignKey(
                        name: "FK_destinations_addresses_address_id",
                        column: x => x.address_id,
                        principalTable: "addresses",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mailboxes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    address_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    display_name = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: true, collation: "utf8mb4_unicode_520_nopad_ci"),
                    password_hash = table.Column<string>(type: "varchar(512)", maxLength: 512, nullable: false, collation: "utf8mb4_nopad_bin"),
                    password_changed_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    home = table.Column<string>(type: "varchar(255)", maxLength: 255, nullable: false, collation: "utf8mb4_nopad_bin"),
                    quota_bytes = table.Column<long>(type: "bigint", nullable: true),
                    keeps_copy = table.Column<bool>(type: "tinyint(1)", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    updated_at = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                    table.CheckConstraint("ck_mailboxes_kind", "kind = 'mailbox'");
                    table.CheckConstraint("ck_mailboxes_quota", "quota_bytes > 0");
                    table.ForeignKey(
                        name: "FK_mailboxes_addresses_address_id_kind",
                        columns: x => new { x.address_id, x.kind },
                        principalTable: "addresses",
                        principalColumns: new[] { "id", "kind" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_login",
                table: "accounts",
                column: "login",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_addresses_address",
                table: "addresses",
                column: "address",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_addresses_domain_id_kind_address",
                table: "addresses",
                columns: new[] { "domain_id", "kind", "address" });

            migrationBuilder.CreateIndex(
                name: "IX_addresses_kind_address",
                table: "addresses",
                columns: new[] { "kind", "address" });

            migrationBuilder.CreateIndex(
                name: "IX_aliases_address_id_kind",
                table: "aliases",
                columns: new[] { "address_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_destinations_address",
                table: "destinations",
                column: "address");

            migrationBuilder.CreateIndex(
                name: "IX_destinations_domain_name",
                table: "destinations",
                column: "domain_name");

            migrationBuilder.CreateIndex(
                name: "IX_domain_admins_domain_id",
                table: "domain_admins",
                column: "domain_id");

            migrationBuilder.CreateIndex(
                name: "IX_domains_kind_name",
                table: "domains",
                columns: new[] { "kind", "name" });

            migrationBuilder.CreateIndex(
                name: "IX_domains_name",
                table: "domains",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_domains_target_id_target_kind",
                table: "domains",
                columns: new[] { "target_id", "target_kind" });

            migrationBuilder.CreateIndex(
                name: "IX_mailboxes_address_id_kind",
                table: "mailboxes",
                columns: new[] { "address_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_mailboxes_home",
                table: "mailboxes",
                column: "home",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sign_in_budgets_window_start",
                table: "sign_in_budgets",
                column: "window_start");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "aliases");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "destinations");

            migrationBuilder.DropTable(
                name: "domain_admins");

            migrationBuilder.DropTable(
                name: "mailboxes");

            migrationBuilder.DropTable(
                name: "settings");

            migrationBuilder.DropTable(
                name: "setup_tokens");

            migrationBuilder.DropTable(
                name: "sign_in_budgets");

            migrationBuilder.DropTable(
                name: "accounts");

            migrationBuilder.DropTable(
                name: "addresses");

            migrationBuilder.DropTable(
                name: "domains");
        }
    }
}
