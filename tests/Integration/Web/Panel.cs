using System.Net;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Features.SignIn;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// The real web host on a real port and a database of its own. It believes the forwarded address of 127.0.0.1, so that
/// a <see cref="Browser"/> can come from any network.
/// </summary>
public sealed class Panel : IAsyncDisposable
{
    public const string Login = "root@example.org";
    public const string Password = "Seven-brown-foxes-31";

    /// <summary>Short for tests, and still longer than one hash takes here.</summary>
    public static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(400);

    private static readonly SemaphoreSlim Migrating = new(1);
    private readonly WebApplication app;

    private readonly bool ownsDirectory;

    private Panel(WebApplication app, PrivateMariaDb server, string database, string directory, bool ownsDirectory)
    {
        this.app = app;
        this.ownsDirectory = ownsDirectory;
        Server = server;
        Database = database;
        Directory = directory;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public PrivateMariaDb Server { get; }

    public string Database { get; }

    /// <summary>Holds the key file and the log.</summary>
    public string Directory { get; }

    public Uri Address { get; }

    public IServiceProvider Services => app.Services;

    public string KeyFile => Path.Combine(Directory, "panel.key");

    /// <summary>A panel on a migrated database.</summary>
    public static async Task<Panel> StartAsync(params string[] settings)
    {
        var server = await PrivateMariaDb.Shared;
        var database = await server.CreateDatabaseAsync("web");
        var panel = await StartOnAsync(server, database, server.ConnectionString(database), null, settings);
        await panel.MigrateAsync();
        return panel;
    }

    /// <summary>A panel on a database that is there already, or that is not there yet.</summary>
    /// <param name="directory">Of another panel, to share its key file; null for one of its own.</param>
    public static async Task<Panel> StartOnAsync(PrivateMariaDb server, string database, string connection, string? directory, params string[] settings)
    {
        var ownsDirectory = directory is null;
        directory ??= System.IO.Directory.CreateTempSubdirectory("panel-web-").FullName;
        var app = PanelHost.Build(
        [
            $"--ConnectionStrings:Panel={connection}", "--Panel:Listen=http://127.0.0.1:0", "--Panel:Url=http://localhost", "--Panel:Proxy=127.0.0.1",
            $"--Panel:KeyFile={directory}/panel.key", "--Dns:Resolver=127.0.0.1@9", "--Dns:TrustAnchor=none", $"--Panel:RefusalFloor={Floor:c}", $"--Panel:Log:File={directory}/panel-.log",
            // What works by itself would be counted with what a page costs, or be taken for what a refused request changed;
            // the last of two settings counts.
            "--Panel:SealPause=1.00:00:00", "--Panel:CountPause=1.00:00:00", "--Panel:DnsPause=1.00:00:00", .. settings,
        ]);
        await app.StartAsync();
        return new Panel(app, server, database, directory, ownsDirectory);
    }

    public async Task MigrateAsync()
    {
        await Migrating.WaitAsync();
        try
        {
            await using var scope = Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AdminDb>().Database.MigrateAsync();
        }
        finally
        {
            Migrating.Release();
        }
    }

    /// <summary>Rows through the mariadb client: what is really stored.</summary>
    public async Task<string> SqlAsync(string sql) => (await Server.ExecuteAsync(sql, Database)).TrimEnd('\n');

    /// <summary>Puts an account into the table, past the operations.</summary>
    public async Task<long> AddAccountAsync(string login, string password, AccountKind kind = AccountKind.Superadmin, string? hash = null)
    {
        hash ??= Services.GetRequiredService<PasswordHasher>().Hash(password);
        var word = kind == AccountKind.Superadmin ? "superadmin" : "domain_admin";
        return long.Parse(await SqlAsync(
            $"""
            INSERT INTO accounts (login, kind, password_hash, security_stamp, is_active, version, created_at, updated_at)
            VALUES ('{login}', '{word}', '{hash}', '{Guid.NewGuid():N}', 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)); SELECT LAST_INSERT_ID()
            """));
    }

    public async Task<SetupLink> SetupLinkAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IssueSetupLink>().RunAsync(Actor.CommandLine("test"), CancellationToken.None) switch
        {
            Outcome<SetupLink>.Done done => done.Value,
            var other => throw new InvalidOperationException($"No setup link: {other}"),
        };
    }

    public Browser Browser(string source = "192.0.2.1") => new(Address, source);

    /// <summary>A browser that has signed in.</summary>
    public async Task<Browser> SignedInAsync(string login = Login, string password = Password, string source = "192.0.2.1")
    {
        var browser = Browser(source);
        var answer = await browser.SignInAsync(login, password);
        if (answer.Status != HttpStatusCode.Redirect) throw new InvalidOperationException($"Sign-in answered {answer.Status}: {answer.Text}");

        return browser;
    }

    /// <summary>The log once it says something: a request's last line is written after its answer is out.</summary>
    public async Task<string> LogAsync(string until)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!Log().Contains(until, StringComparison.Ordinal) && System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10)) await Task.Delay(20);
        return Log();
    }

    /// <summary>What the log file says up to now.</summary>
    public string Log()
    {
        var lines = new List<string>();
        foreach (var file in System.IO.Directory.GetFiles(Directory, "panel-*.log"))
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            lines.Add(reader.ReadToEnd());
        }
        return string.Concat(lines);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsDirectory) System.IO.Directory.Delete(Directory, recursive: true);
    }
}
