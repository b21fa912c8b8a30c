using System.Net;
using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

public sealed class LogTests
{
    private const string Wrong = "Nine-green-herons-8";

    [MariaDbFact]
    public async Task No_password_token_hash_or_cookie_is_in_the_log()
    {
        await using var panel = await Panel.StartAsync("--Panel:Log:Level=Debug");
        var link = await panel.SetupLinkAsync();
        var browser = panel.Browser();
        await browser.SubmitAsync(link.Url(""), ("Input.Login", Panel.Login), ("Input.Password", Panel.Password));
        await panel.Browser().SignInAsync(Panel.Login, Wrong);
        await panel.Browser().SignInAsync(Wrong, Panel.Login);
        await browser.SubmitAsync("/account/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", "Some-other-words-77"));
        var session = browser.Session!;
        var hash = await panel.SqlAsync("SELECT password_hash FROM accounts");
        await panel.SqlAsync("ALTER TABLE accounts DROP COLUMN updated_at");
        Assert.Equal(HttpStatusCode.InternalServerError, (await browser.GetAsync("/account/password")).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await panel.Browser().SignInAsync(Panel.Login, "Some-other-words-77")).Status);

        var log = await panel.LogAsync("POST /sign-in 500 in");

        // It is the log of what was just done.
        Assert.Contains("created by the setup link from 192.0.2.1", log, StringComparison.Ordinal);
        Assert.Contains("GET /setup 200", log, StringComparison.Ordinal);
        Assert.Contains("updated_at", log, StringComparison.Ordinal);
        foreach (var secret in new[] { link.Token, Panel.Password, Wrong, "Some-other-words-77", session, hash })
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
        Assert.DoesNotContain("token=", log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Wrong, await panel.SqlAsync("SELECT * FROM audit_entries"), StringComparison.OrdinalIgnoreCase);
    }

    [MariaDbFact]
    public async Task The_reference_on_an_error_page_is_the_request_id_of_its_log_lines()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        await panel.SqlAsync("ALTER TABLE accounts DROP COLUMN updated_at");

        var answer = await browser.GetAsync("/account/password?secret=1");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Equal(answer.RequestId, answer.Page.QuerySelector("main code")!.TextContent);
        Assert.DoesNotContain("updated_at", answer.Text, StringComparison.Ordinal);
        var lines = (await panel.LogAsync("GET /account/password 500 in")).Split('\n').Where(l => l.Contains(answer.RequestId!, StringComparison.Ordinal)).ToList();
        Assert.Contains(lines, l => l.Contains("GET /account/password failed", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("GET /account/password 500 in", StringComparison.Ordinal));
    }

    [MariaDbFact]
    public async Task The_request_id_of_a_trusted_proxy_is_kept_and_a_forged_line_is_not_possible()
    {
        await using var panel = await Panel.StartAsync();
        var browser = panel.Browser();

        var kept = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { { "X-Request-Id", "proxy-0123456789" } } });
        var refused = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { { "X-Request-Id", "a b [INF] forged" } } });
        await browser.GetAsync("/x%0A2026-01-01T00:00:00.000+00:00%20[INF]%20forged");

        Assert.Equal("proxy-0123456789", kept.RequestId);
        Assert.Matches("^[0-9a-f]{32}$", refused.RequestId);
        var log = await panel.LogAsync("forged 404 in");
        Assert.DoesNotContain(log.Split('\n'), l => l.StartsWith("2026-01-01", StringComparison.Ordinal));
        Assert.Contains("[INF] proxy-0123456789 AdminPanel.Web.Features.Serve.RequestTrail: GET /sign-in 200 in", log, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task As_json_each_line_is_one_document_with_the_request_id()
    {
        await using var panel = await Panel.StartAsync("--Panel:Log:Json=true");

        var answer = await panel.Browser().GetAsync("/sign-in");

        var documents = (await panel.LogAsync("\"Path\":\"/sign-in\"")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        var done = documents.Single(d => d.GetProperty("Properties").TryGetProperty("RequestId", out var id) && id.GetString() == answer.RequestId
            && d.GetProperty("MessageTemplate").GetString()!.StartsWith("{Method}", StringComparison.Ordinal));
        Assert.Equal("/sign-in", done.GetProperty("Properties").GetProperty("Path").GetString());
        Assert.Equal(200, done.GetProperty("Properties").GetProperty("Status").GetInt32());
    }
}
