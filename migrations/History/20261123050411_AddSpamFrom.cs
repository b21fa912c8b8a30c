using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261123050411_AddSpamFrom")]
    public class AddSpamFrom : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "spam_from",
                table: "mailboxes",
                type: "int",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_mailboxes_spam_from",
                table: "mailboxes",
                sql: "spam_from BETWEEN 0 AND 99");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_mailboxes_spam_from",
                table: "mailboxes");

            migrationBuilder.DropColumn(
                name: "spam_from",
                table: "mailboxes");
        }
    }
}
