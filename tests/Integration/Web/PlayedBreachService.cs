using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>A server on loopback that answers as Have I Been Pwned does, or as a test wants it to, and keeps what it was sent.</summary>
internal sealed class PlayedBreachService : IAsyncDisposable
{
    private readonly WebApplication app;

    private bool isEnded;

    private PlayedBreachService(WebApplication app) => this.app = app;

    /// <summary>Whole requests: line, header and body.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What becomes of a question.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsync(Row("some other password", 3));

    /// <summary>The setting of a panel that asks here.</summary>
    public string Setting => $"--Panel:BreachService={app.Urls.First()}/range";

    public static async Task<PlayedBreachService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var service = new PlayedBreachService(app);
        app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            service.Asked.Enqueue($"{context.Request.Method} {context.Request.GetEncodedPathAndQuery()}\n{string.Concat(context.Request.Headers.Select(h => $"{h.Key}: {h.Value}\n"))}\n{await body.ReadToEndAsync()}");
            await service.Answer(context);
        });
        await app.StartAsync();
        return service;
    }

    /// <summary>In hexadecimal, as the protocol writes it.</summary>
#pragma warning disable CA5350 // The protocol's own.
    public static string Digest(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350

    /// <summary>The line of an answer that is about a password.</summary>
    public static string Row(string password, int count) => $"{Digest(password)[5..]}:{count}\r\n";

    /// <summary>From now on the answer is this text.</summary>
    public void Say(string text) => Answer = context => context.Response.WriteAsync(text);

    public async ValueTask DisposeAsync()
    {
        if (isEnded) return;

        isEnded = true;
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
    }
}
