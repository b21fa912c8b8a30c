using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261122142141_MailboxOwners")]
    public class MailboxOwners : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_accounts_kind",
                table: "accounts");

            migrationBuilder.AddColumn<string>(
                name: "confirmed_recovery_address",
                table: "mailboxes",
                type: "varchar(318)",
                maxLength: 318,
                nullable: true,
                collation: "utf8mb4_nopad_bin");

            migrationBuilder.AlterColumn<string>(
                name: "password_hash",
                table: "accounts",
                type: "varchar(512)",
                maxLength: 512,
                nullable: true,
                collation: "utf8mb4_nopad_bin",
                oldClrType: typeof(string),
                oldType: "varchar(512)",
                oldMaxLength: 512,
                oldCollation: "utf8mb4_nopad_bin");

            migrationBuilder.AlterColumn<string>(
                name: "login",
                table: "accounts",
                type: "varchar(254)",
                maxLength: 254,
                nullable: true,
                collation: "utf8mb4_nopad_bin",
                oldClrType: typeof(string),
                oldType: "varchar(254)",
                oldMaxLength: 254,
                oldCollation: "utf8mb4_nopad_bin");

            migrationBuilder.AddColumn<long>(
                name: "mailbox_id",
                table: "accounts",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "mail_links",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("MariaDb:AutoIncrement", true),
                    kind = table.Column<string>(type: "varchar(16)", maxLength: 16, nullable: false, collation: "utf8mb4_nopad_bin"),
                    mailbox_id = table.Column<long>(type: "bigint", nullable: false),
                    address = table.Column<string>(type: "varchar(318)", maxLength: 318, nullable: false, collation: "utf8mb4_nopad_bin"),
                    created_at = table.Column<DateTime>(type: "datetime(6)", nullable: false),
                    expires_at = table.Column<DateTime>(type: "datetime(6)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PRIMARY", x => x.id);
                    table.ForeignKey(
                        name: "FK_mail_links_mailboxes_mailbox_id",
                        column: x => x.mailbox_id,
                        principalTable: "mailboxes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_accounts_mailbox_id",
                table: "accounts",
                column: "mailbox_id",
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_accounts_kind",
                table: "accounts",
                sql: "kind IN ('superadmin', 'domain_admin', 'mailbox_owner')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_accounts_owner",
                table: "accounts",
                sql: "IF(kind = 'mailbox_owner', mailbox_id IS NOT NULL AND login IS NULL AND password_hash IS NULL, mailbox_id IS NULL AND login IS NOT NULL AND password_hash IS NOT NULL)");

            migrationBuilder.CreateIndex(
                name: "IX_mail_links_mailbox_id_kind",
                table: "mail_links",
                columns: new[] { "mailbox_id", "kind" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_accounts_mailboxes_mailbox_id",
                table: "accounts",
                column: "mailbox_id",
                principalTable: "mailboxes",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_accounts_mailboxes_mailbox_id",
                table: "accounts");

            migrationBuilder.DropTable(
                name: "mail_links");

            migrationBuilder.DropIndex(
                name: "IX_accounts_mailbox_id",
                table: "accounts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_accounts_kind",
                table: "accounts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_accounts_owner",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "confirmed_recovery_address",
                table: "mailboxes");

            migrationBuilder.DropColumn(
                name: "mailbox_id",
                table: "accounts");

            migrationBuilder.AlterColumn<string>(
                name: "password_hash",
                table: "accounts",
                type: "varchar(512)",
                maxLength: 512,
                nullable: false,
                defaultValue: "",
                collation: "utf8mb4_nopad_bin",
                oldClrType: typeof(string),
                oldType: "varchar(512)",
                oldMaxLength: 512,
                oldNullable: true,
                oldCollation: "utf8mb4_nopad_bin");

            migrationBuilder.AlterColumn<string>(
                name: "login",
                table: "accounts",
                type: "varchar(254)",
                maxLength: 254,
                nullable: false,
                defaultValue: "",
                collation: "utf8mb4_nopad_bin",
                oldClrType: typeof(string),
                oldType: "varchar(254)",
                oldMaxLength: 254,
                oldNullable: true,
                oldCollation: "utf8mb4_nopad_bin");

            migrationBuilder.AddCheckConstraint(
                name: "ck_accounts_kind",
                table: "accounts",
                sql: "kind IN ('superadmin', 'domain_admin')");
        }
    }
}
