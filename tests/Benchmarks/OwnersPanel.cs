using AdminPanel.Tests.Support;
using AdminPanel.Web.Platform.Passwords;
using MariaDb.Client;

namespace AdminPanel.Benchmarks;

/// <summary>The published panel on a database with owners who may sign in, behind a proxy on loopback so that each comes from a network of their own.</summary>
internal sealed class OwnersPanel : IAsyncDisposable
{
    public const string Password = "a long benchmark password";
    private const string Database = "owners";

    private readonly PrivateMariaDb server;
    private readonly DirectoryInfo keys;
    private readonly string database;

    private OwnersPanel(PublishedApp app, PrivateMariaDb server, DirectoryInfo keys, string database) => (App, this.server, this.keys, this.database) = (app, server, keys, database);

    public PublishedApp App { get; }

    /// <summary>A panel of mailboxes m1@d1.example and so on, with <see cref="Password"/>.</summary>
    public static async Task<OwnersPanel> StartAsync(int owners)
    {
        var panel = await PublishedApp.PublishAsync("src/AdminWeb/AdminWeb.csproj", "AdminPanel.Web");
        var server = await PrivateMariaDb.StartAsync();
        var keys = Directory.CreateTempSubdirectory("panel-owners-");
        var database = await server.CreateDatabaseAsync(Database);
        Dictionary<string, string> environment = new()
        {
            ["ConnectionStrings__Panel"] = server.ConnectionString(database), ["ADMINPANEL__Panel__KeyFile"] = Path.Combine(keys.FullName, "panel.key"),
            ["ADMINPANEL__Panel__Proxy"] = "127.0.0.1,::1", ["ADMINPANEL__Panel__Url"] = "http://localhost", ["ADMINPANEL__Panel__DnsPause"] = "1.00:00:00",
        };
        await PublishedApp.RunToEndAsync("dotnet", [panel, "db", "migrate"], environment);
        await using (var connection = new MariaDbConnection(server.ConnectionString(database)))
        {
            await connection.OpenAsync();
            await MailSeed.FillAsync(connection, domains: 1, mailboxes: owners);
        }
        using var hasher = new PasswordHasher();
        await server.ExecuteAsync($"UPDATE mailboxes SET password_hash = '{hasher.Hash(Password)}'", database);
        return new OwnersPanel(await PublishedApp.StartAsync(panel, ["serve"], "sign-in", environment), server, keys, database);
    }

    public Task<string> SqlAsync(string sql) => server.ExecuteAsync(sql, database);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await server.DisposeAsync();
        keys.Delete(recursive: true);
    }
}
