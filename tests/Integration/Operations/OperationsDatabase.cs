using AdminPanel.Data;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Passkeys;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Features.SignIn;
using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>The panel's services on a migrated database of one test class.</summary>
public sealed class OperationsDatabase : IAsyncLifetime
{
    // Children before parents.
    private static readonly string[] Tables =
        ["recycled_rows", "recycled_items", "destinations", "mailboxes", "aliases", "addresses", "mailbox_usage", "mailbox_logins", "purges", "domain_admins", "accounts", "audit_seals", "audit_entries", "job_results", "jobs", "domain_templates", "session_ends"];

    private readonly DirectoryInfo keys = Directory.CreateTempSubdirectory("operations-");

    private ServiceProvider services = null!;

    public PrivateMariaDb Server { get; private set; } = null!;

    public string Name { get; private set; } = "";

    public string ConnectionString => Server.ConnectionString(Name);

    /// <summary>Made at the first test, so that nothing is started where every test is skipped.</summary>
    public async Task OpenAsync()
    {
        if (Name.Length > 0) return;

        Server = await PrivateMariaDb.Shared;
        Name = await Server.CreateDatabaseAsync("operations");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Panel", ConnectionString), new("Dns:Resolver", "127.0.0.1@9"), new("Dns:TrustAnchor", "none")]).Build();
        var settings = PanelSettings.Read(configuration);
        services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddPanelCore(configuration)
            .AddLogging().AddSingleton(settings).AddSignIn(settings).AddPasskeys(settings).AddSingleton(KeyFile.Open(Path.Combine(keys.FullName, "panel.key"))).BuildServiceProvider();
        await WithAsync<AdminDb, int>(async db => { await db.Database.MigrateAsync(); return 0; });
    }

    public async Task EmptyAsync()
    {
        var sql = "UPDATE recycled_items SET parent_id = NULL;" + string.Concat(Tables.Select(t => $"DELETE FROM {t};")) + "DELETE FROM domains WHERE target_id IS NOT NULL; DELETE FROM domains;";
        await Server.ExecuteAsync(sql, Name);
    }

    /// <summary>A unit of work of its own, as a request has one.</summary>
    public async Task<TResult> WithAsync<TService, TResult>(Func<TService, Task<TResult>> run) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (services is not null) await services.DisposeAsync();
        keys.Delete(recursive: true);
    }
}
