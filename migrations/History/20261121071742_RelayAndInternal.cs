using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121071742_RelayAndInternal")]
    public class RelayAndInternal : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_kind",
                table: "domains");

            migrationBuilder.DropCheckConstraint(
                name: "ck_addresses_kind",
                table: "addresses");

            migrationBuilder.AddColumn<string>(
                name: "transport",
                table: "domains",
                type: "varchar(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "lmtp",
                collation: "utf8mb4_nopad_bin");

            migrationBuilder.AddColumn<string>(
                name: "transport_host",
                table: "domains",
                type: "varchar(253)",
                maxLength: 253,
                nullable: true,
                collation: "utf8mb4_nopad_bin");

            migrationBuilder.AddColumn<int>(
                name: "transport_port",
                table: "domains",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_internal",
                table: "addresses",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "members_may_send",
                table: "addresses",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_kind",
                table: "domains",
                sql: "kind IN ('hosted', 'alias', 'relay')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_next_hop",
                table: "domains",
                sql: "(transport = 'smtp') = (transport_host IS NOT NULL) AND (transport_host IS NULL) = (transport_port IS NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_transport",
                table: "domains",
                sql: "transport IN ('lmtp', 'error', 'smtp', 'mx') AND (kind = 'relay') = (transport IN ('smtp', 'mx')) AND (kind = 'hosted' OR transport <> 'error')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_addresses_kind",
                table: "addresses",
                sql: "(kind = 'catch_all') = (address LIKE '@%') AND kind IN ('mailbox', 'alias', 'catch_all', 'relay_recipient')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_kind",
                table: "domains");

            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_next_hop",
                table: "domains");

            migrationBuilder.DropCheckConstraint(
                name: "ck_domains_transport",
                table: "domains");

            migrationBuilder.DropCheckConstraint(
                name: "ck_addresses_kind",
                table: "addresses");

            migrationBuilder.DropColumn(
                name: "transport",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "transport_host",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "transport_port",
                table: "domains");

            migrationBuilder.DropColumn(
                name: "is_internal",
                table: "addresses");

            migrationBuilder.DropColumn(
                name: "members_may_send",
                table: "addresses");

            migrationBuilder.AddCheckConstraint(
                name: "ck_domains_kind",
                table: "domains",
                sql: "kind IN ('hosted', 'alias')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_addresses_kind",
                table: "addresses",
                sql: "(kind = 'catch_all') = (address LIKE '@%') AND kind IN ('mailbox', 'alias', 'catch_all')");
        }
    }
}
