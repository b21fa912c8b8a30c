using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPanel.Migrations.History
{
    /// <inheritdoc />
    [Microsoft.EntityFrameworkCore.Infrastructure.DbContext(typeof(AdminPanel.Data.AdminDb))]
    [Migration("20261121062601_AddressDates")]
    public class AddressDates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "active_from",
                table: "addresses",
                type: "datetime(6)",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "active_until",
                table: "addresses",
                type: "datetime(6)",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_addresses_dates",
                table: "addresses",
                sql: "active_until > active_from");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_addresses_dates",
                table: "addresses");

            migrationBuilder.DropColumn(
                name: "active_from",
                table: "addresses");

            migrationBuilder.DropColumn(
                name: "active_until",
                table: "addresses");
        }
    }
}
