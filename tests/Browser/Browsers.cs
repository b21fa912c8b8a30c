using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>Debian's Chromium, one process for all tests of a collection.</summary>
public sealed class Browsers : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>A window of its own: no cookies of another.</summary>
    public async Task<IBrowserContext> NewContextAsync(bool script = true, int width = 1280, ColorScheme scheme = ColorScheme.Light, string? timezone = null, string? locale = null)
    {
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
        return await browser.NewContextAsync(new()
        {
            JavaScriptEnabled = script,
            ColorScheme = scheme,
            IgnoreHTTPSErrors = false,
            TimezoneId = timezone,
            Locale = locale,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = 800 },
        });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
