using AdminPanel.Data;
using MariaDb.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AdminPanel.Migrations;

/// <summary>
/// The context as `dotnet ef` makes it: for writing migrations and the compiled model. Neither opens a connection, so
/// the connection string names nothing that exists.
/// </summary>
public sealed class AdminDbFactory : IDesignTimeDbContextFactory<AdminDb>
{
    public AdminDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<AdminDb>()
            .UseMariaDb("Database=design_time", options => options.MigrationsAssembly(typeof(AdminDbFactory).Assembly.GetName().Name))
            .Options,
        TimeProvider.System);
}
