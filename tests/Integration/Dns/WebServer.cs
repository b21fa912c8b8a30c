using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AdminPanel.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace AdminPanel.Tests.Integration.Dns;

/// <summary>A real web server on port 443 of a loopback address that nobody else uses; it answers as a test says.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebServer(WebApplication app, IPAddress address) => (this.app, Address) = (app, address);

    public IPAddress Address { get; }

    public static async Task<WebServer> StartAsync(X509Certificate2 certificate, RequestDelegate answer)
    {
        var address = NameServer.FreeAddress();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinResponseDataRate = null;
            // Offline: else the server itself would fetch what its certificate names.
            var shown = new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true) };
            kestrel.Listen(address, 443, endpoint => endpoint.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(shown) }));
        });
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new(app, address);
    }

    public async ValueTask DisposeAsync()
    {
        // Nobody waits for answers without an end.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}
