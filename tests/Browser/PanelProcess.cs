using System.Net;
using System.Net.Sockets;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdminPanel.Tests.Browser;

/// <summary>The built panel as a process of its own on a database of its own, without mail daemons: for looking at pages.</summary>
public sealed class PanelProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly WatchedProcess process;
    private readonly ServiceProvider services;
    private readonly string log;

    private PanelProcess(WatchedProcess process, ServiceProvider services, string url, string database, string log)
    {
        Database = database;
        this.process = process;
        this.log = log;
        this.services = services;
        Url = url;
    }

    /// <summary>No slash at its end.</summary>
    public string Url { get; }

    /// <summary>Name of its database on <see cref="PrivateMariaDb.Shared"/>.</summary>
    public string Database { get; }

    public static async Task<PanelProcess> StartAsync(string prefix)
    {
        var server = await PrivateMariaDb.Shared;
        var database = await server.CreateDatabaseAsync(prefix);
        var connection = server.ConnectionString(database);
        var services = Services(connection);
        await using (var scope = services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<Data.AdminDb>().Database.MigrateAsync();

        var directory = Directory.CreateTempSubdirectory("panel-web-").FullName;
        var url = $"http://localhost:{FreePort()}";
        var process = await WatchedProcess.StartAsync(directory,
        [
            // Nobody reads its output: a pipe would fill up and stop it.
            "/bin/sh", "-c", "exec \"$@\" >\"$0\" 2>&1", $"{directory}/panel.log",
            "/usr/bin/env", $"ConnectionStrings__Panel={connection}", $"ADMINPANEL__Panel__Listen={url}",
            $"ADMINPANEL__Panel__KeyFile={directory}/key", "ADMINPANEL__Panel__RefusalFloor=00:00:00.2", "ADMINPANEL__Panel__DnsPause=1.00:00:00", "ADMINPANEL__Dns__Resolver=127.0.0.1@9", "ADMINPANEL__Dns__TrustAnchor=none",
            Program, "serve",
        ]);
        var panel = new PanelProcess(process, services, url, database, $"{directory}/panel.log");
        await panel.WaitUntilUpAsync();
        return panel;
    }

    /// <summary>Runs something with the panel's own operations.</summary>
    public async Task<T> WithAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await process.DisposeAsync();
    }

    // artifacts/bin/Browser/release -> artifacts/bin/AdminWeb/release: the same configuration as this test.
    private static string Program =>
        Path.Combine(AppContext.BaseDirectory, "..", "..", "AdminWeb", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "AdminPanel.Web");

    private static ServiceProvider Services(string connection)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Panel", connection)]).Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging(l => l.SetMinimumLevel(LogLevel.Warning))
            .AddPanelCore(configuration).BuildServiceProvider();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilUpAsync()
    {
        using var http = new HttpClient();
        var until = DateTime.UtcNow + StartLimit;
        while (DateTime.UtcNow < until && !process.HasExited)
        {
            try
            {
                if ((await http.GetAsync(new Uri($"{Url}/readyz"))).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException($"The panel did not start: {process.Errors} {await File.ReadAllTextAsync(log)}");
    }
}
