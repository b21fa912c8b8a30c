using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121073523_SendAsGrants")]
    public class SendAsGrants : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "send_as_grants",
                columns: table => new
                {
                    mailbox_id = table.Column<long>(type: "bigint", nullable: false),
                    address = table.Column<string>(type: "varchar(318)", maxLength: 318, nullable: false, collation: "utf8mb4_nopad_bin"),
                    domain_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => new { x.mailbox_id, x.address });
                    table.ForeignKey(
                        name: "FK_send_as_grants_domains_domain_id",
                        column: x => x.domain_id,
                        principalTable: "domains",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_send_as_grants_mailboxes_mailbox_id",
                        column: x => x.mailbox_id,
                        principalTable: "mailboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_send_as_grants_address",
                table: "send_as_grants",
                column: "address");

            migrationBuilder.CreateIndex(
                name: "IX_send_as_grants_domain_id",
                table: "send_as_grants",
                column: "domain_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "send_as_grants");
        }
    }
}
