using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261122064651_AddDkimKeys")]
    public class AddDkimKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "dkim_keys",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    domain_id = table.Column<long>(type: "bigint", nullable: false),
                    selector = table.Column<string>(type: "varchar(63)", maxLength: 63, nullable: false, collation: "utf8mb4_nopad_bin"),
                    algorithm = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    bits = table.Column<int>(type: "int", nullable: true),
                    public_key = table.Column<string>(type: "varchar(1024)", maxLength: 1024, nullable: false, collation: "utf8mb4_nopad_bin"),
                    sealed_private_key = table.Column<string>(type: "varchar(8192)", maxLength: 8192, nullable: false, collation: "utf8mb4_nopad_bin"),
                    state = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    seen_at = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    checked_at = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    sightings = table.Column<string>(type: "longtext", nullable: true, collation: "utf8mb4_nopad_bin"),
                    active_since = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    retiring_since = table.Column<DateTime>(type: "datetime(6)", nullable: true),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    updated_at = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                    table.ForeignKey(
                        name: "FK_dkim_keys_domains_domain_id",
                        column: x => x.domain_id,
                        principalTable: "domains",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_dkim_keys_domain_id_selector",
                table: "dkim_keys",
                columns: new[] { "domain_id", "selector" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_dkim_keys_state_checked_at",
                table: "dkim_keys",
                columns: new[] { "state", "checked_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dkim_keys");
        }
    }
}
