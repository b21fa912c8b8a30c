using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121064910_MailboxAccess")]
    public class MailboxAccess : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "allowed_networks",
                table: "mailboxes",
                type: "varchar(1800)",
                maxLength: 1800,
                nullable: true,
                collation: "utf8mb4_nopad_bin");

            migrationBuilder.AddColumn<bool>(
                name: "allows_imap",
                table: "mailboxes",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "allows_pop3",
                table: "mailboxes",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "allows_sieve",
                table: "mailboxes",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "allows_smtp",
                table: "mailboxes",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "allowed_networks",
                table: "mailboxes");

            migrationBuilder.DropColumn(
                name: "allows_imap",
                table: "mailboxes");

            migrationBuilder.DropColumn(
                name: "allows_pop3",
                table: "mailboxes");

            migrationBuilder.DropColumn(
                name: "allows_sieve",
                table: "mailboxes");

            migrationBuilder.DropColumn(
                name: "allows_smtp",
                table: "mailboxes");
        }
    }
}
