using System.Net;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// The database goes away and comes back while the panel runs: its socket is a link that the test takes away, and the
/// server ends the connections that are open.
/// </summary>
public sealed class DatabaseDownTests
{
    [MariaDbFact]
    public async Task Every_page_says_so_while_it_is_down_and_works_again_by_itself()
    {
        await using var link = await DatabaseLink.CreateAsync();
        await using var panel = await Panel.StartOnAsync(link.Server, link.Database, link.ConnectionString, null);
        await panel.MigrateAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/readyz")).Status);

        await link.CutAsync();
        var page = await browser.GetAsync("/account/password?a=b");
        var form = await browser.PostAsync("/account/password", ("Input.NewPassword", "x"));
        var ready = await browser.GetAsync("/readyz");
        var health = await browser.GetAsync("/healthz");
        var asset = await browser.GetAsync("/css/site.css");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Equal("The database does not answer", page.Title);
        Assert.Equal("/account/password?a=b", page.Page.QuerySelector("main a.btn")!.GetAttribute("href"));
        Assert.Equal("10", page.Header("Refresh"));
        Assert.Equal("10", page.Header("Retry-After"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, form.Status);
        Assert.Null(form.Header("Refresh"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Contains("\"database\"", ready.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, health.Status);
        Assert.Equal(HttpStatusCode.OK, asset.Status);

        link.Restore();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/password")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/readyz")).Status);
    }

    [MariaDbFact]
    public async Task The_panel_starts_without_the_database_and_serves_when_it_comes()
    {
        await using var link = await DatabaseLink.CreateAsync();
        await link.CutAsync();
        await using var panel = await Panel.StartOnAsync(link.Server, link.Database, link.ConnectionString, null);

        var down = await panel.Browser().GetAsync("/sign-in");
        link.Restore();
        var empty = await panel.Browser().GetAsync("/sign-in");
        var notReady = await panel.Browser().GetAsync("/readyz");
        await panel.MigrateAsync();
        var up = await panel.Browser().GetAsync("/sign-in");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.Status);
        Assert.Equal("The database does not answer", down.Title);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, empty.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, notReady.Status);
        Assert.Contains("\"schema\"", notReady.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, up.Status);
    }

    private sealed class DatabaseLink(PrivateMariaDb server, string database, string path) : IAsyncDisposable
    {
        public PrivateMariaDb Server => server;

        public string Database => database;

        public string ConnectionString => $"Socket={path};User=root;Database={database}";

        public static async Task<DatabaseLink> CreateAsync()
        {
            var server = await PrivateMariaDb.Shared;
            var link = new DatabaseLink(server, await server.CreateDatabaseAsync("down"), Path.Combine(Directory.CreateTempSubdirectory("panel-link-").FullName, "s"));
            link.Restore();
            return link;
        }

        public void Restore() => File.CreateSymbolicLink(path, server.Socket);

        public async Task CutAsync()
        {
            File.Delete(path);
            var open = await server.ExecuteAsync($"SELECT id FROM information_schema.processlist WHERE db = '{database}' AND id <> CONNECTION_ID()");
            foreach (var id in open.Split('\n', StringSplitOptions.RemoveEmptyEntries)) await server.ExecuteAsync($"KILL {id}");
        }

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
