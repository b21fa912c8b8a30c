using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121073134_AuditSearch")]
    public class AuditSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_action_at",
                table: "audit_entries",
                columns: new[] { "action", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_actor_at",
                table: "audit_entries",
                columns: new[] { "actor", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_at",
                table: "audit_entries",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_domain_id_at",
                table: "audit_entries",
                columns: new[] { "domain_id", "at" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_subject_at",
                table: "audit_entries",
                columns: new[] { "subject", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_audit_entries_action_at",
                table: "audit_entries");

            migrationBuilder.DropIndex(
                name: "IX_audit_entries_actor_at",
                table: "audit_entries");

            migrationBuilder.DropIndex(
                name: "IX_audit_entries_at",
                table: "audit_entries");

            migrationBuilder.DropIndex(
                name: "IX_audit_entries_domain_id_at",
                table: "audit_entries");

            migrationBuilder.DropIndex(
                name: "IX_audit_entries_subject_at",
                table: "audit_entries");
        }
    }
}
