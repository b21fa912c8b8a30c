using System.Net;
using System.Security.Cryptography.X509Certificates;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Serve;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>Passwords cross a network encrypted or not at all.</summary>
public sealed class ListeningTests
{
    private const string NoDatabase = "--ConnectionStrings:Panel=Socket=/nonexistent/socket;User=root;Database=none";

    [Fact]
    public async Task Plain_http_beyond_loopback_ends_the_program_before_it_listens()
    {
        var (status, output) = await PanelProcess.RunAsync("serve", NoDatabase, "--Panel:Listen=http://0.0.0.0:21590", "--Panel:KeyFile=/nonexistent/key");

        Assert.Equal(1, status);
        Assert.Contains("http://0.0.0.0:21590, which would send passwords in clear", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kestrel_section_or_aspnetcore_urls_open_no_other_port()
    {
        var directory = Directory.CreateTempSubdirectory("panel-listen-").FullName;
        await using var app = PanelHost.Build([NoDatabase, "--Panel:Listen=http://127.0.0.1:0", $"--Panel:KeyFile={directory}/key",
            "--Kestrel:Endpoints:Open:Url=http://0.0.0.0:0", "--urls=http://0.0.0.0:0", "--Panel:Log:Level=Error"]);

        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

        Assert.Equal("127.0.0.1", new Uri(Assert.Single(addresses)).Host);
        await app.StopAsync();
        Directory.Delete(directory, recursive: true);
    }

    [MariaDbFact]
    public async Task With_its_own_certificate_it_sends_hsts_and_host_cookies()
    {
        var directory = Directory.CreateTempSubdirectory("panel-tls-").FullName;
        TestCertificates.Write(directory);
        await using var panel = await Panel.StartAsync("--Panel:Listen=https://127.0.0.1:0", "--Panel:Url=https://panel.example.org",
            $"--Panel:Certificate={directory}/server.pem", $"--Panel:CertificateKey={directory}/server.key");
        var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(directory, "ca.pem"));
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            SslOptions = new()
            {
                TargetHost = "localhost",
                RemoteCertificateValidationCallback = (_, _, chain, _) =>
                {
                    chain!.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                    chain.ChainPolicy.CustomTrustStore.Add(authority);
                    chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                    return chain.Build((X509Certificate2)chain.ChainElements[0].Certificate);
                },
            },
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(panel.Address, "/sign-in")) { Headers = { Host = "panel.example.org" } };

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single());
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-form=", StringComparison.Ordinal));
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        Directory.Delete(directory, recursive: true);
    }

    [MariaDbFact]
    public async Task Behind_a_proxy_https_is_what_the_proxy_says_and_clear_text_is_sent_away()
    {
        await using var panel = await Panel.StartAsync("--Panel:Url=https://panel.example.org");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = panel.Browser();

        var clear = await browser.GetAsync("/sign-in?returnUrl=%2F");
        var clearForm = await browser.PostAsync("/sign-in", ("Input.Login", Panel.Login), ("Input.Password", Panel.Password));
        var secure = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { { "X-Forwarded-Proto", "https" }, { "Host", "panel.example.org" } } });

        Assert.Equal("https://panel.example.org/sign-in?returnUrl=%2F", clear.Location);
        Assert.Equal(HttpStatusCode.BadRequest, clearForm.Status);
        Assert.Equal(HttpStatusCode.OK, secure.Status);
        Assert.Equal("max-age=31536000", secure.Header("Strict-Transport-Security"));
        Assert.Contains(browser.Cookies.Keys, c => c == "__Host-form");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/healthz")).Status);
    }

    [MariaDbFact]
    public async Task Forwarded_headers_of_a_peer_that_is_no_proxy_are_not_believed()
    {
        await using var panel = await Panel.StartAsync("--Panel:Proxy=198.51.100.1");
        await panel.AddAccountAsync(Panel.Login, Panel.Password);

        var browser = await panel.SignedInAsync(source: "203.0.113.99");
        var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/healthz") { Headers = { { "X-Request-Id", "chosen-by-a-stranger" } } });

        Assert.Equal("127.0.0.1", await panel.SqlAsync("SELECT source FROM audit_entries WHERE action = 'account.sign-in'"));
        Assert.NotEqual("chosen-by-a-stranger", answer.RequestId);
    }
}
