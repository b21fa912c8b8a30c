using AdminPanel.Data;
using AdminPanel.Web.Platform;
using MariaDb.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdminPanel.Benchmarks;

/// <summary>The panel's operations in this process, without the web, on a database that is migrated and filled first.</summary>
internal static class PanelCore
{
    /// <param name="fill">Gets an open connection to the migrated schema.</param>
    /// <param name="settings">Configuration beside the connection string.</param>
    public static async Task<ServiceProvider> StartAsync(string connectionString, Func<MariaDbConnection, Task> fill, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Panel", connectionString), .. settings ?? new Dictionary<string, string?>()]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning)).AddPanelCore(configuration).BuildServiceProvider();
        await using (var scope = services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<AdminDb>().Database.MigrateAsync();
        await using var connection = new MariaDbConnection(connectionString);
        await connection.OpenAsync();
        await fill(connection);
        return services;
    }

    /// <summary>One operation in a scope of its own, as a request has.</summary>
    public static async Task<T> RunAsync<TOperation, T>(this IServiceProvider services, Func<TOperation, Task<Outcome<T>>> run)
        where TOperation : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<TOperation>()) switch
        {
            Outcome<T>.Done(var value) => value,
            Outcome<T>.Refused(var problems) => throw new InvalidOperationException(string.Join(", ", problems.Select(p => $"{p.Field}: {p.Code}"))),
            _ => throw new InvalidOperationException("The operation found nothing to do."),
        };
    }
}
