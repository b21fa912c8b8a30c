using AdminPanel.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>Two panels for looking at pages, an empty one and a full one, and a browser; made when the first test asks.</summary>
public sealed class PanelsAndBrowser : IAsyncLifetime
{
    public const string Superadmin = "maria";

    private Task<PanelProcess>? full;

    public Browsers Browsers { get; } = new();

    /// <summary>A panel with <see cref="PanelSeed"/> in it and the superadmin <see cref="Superadmin"/>.</summary>
    public Task<PanelProcess> FullAsync() => full ??= StartFullAsync();

    public async Task InitializeAsync()
    {
        if (Requirement.Browser.SkipReason is null) await Browsers.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        if (full is not null) await (await full).DisposeAsync();
        await Browsers.DisposeAsync();
    }

    /// <summary>Creates the first superadmin through the setup link, as a newcomer does.</summary>
    public static async Task SetUpAsync(IPage page, string link, string login)
    {
        await page.GotoAsync(link);
        await page.FillAsync("#Input_Login", login);
        await page.FillAsync("#Input_Password", PanelSeed.Password);
        await page.ClickAsync("main button.btn-primary");
    }

    /// <param name="start">Where whoever signs in lands: a mailbox owner at "/me".</param>
    public static async Task SignInAsync(IPage page, string url, string login, string start = "/", string password = PanelSeed.Password)
    {
        await page.GotoAsync($"{url}/sign-in");
        await page.FillAsync("#Input_Login", login);
        await page.FillAsync("#Input_Password", password);
        await page.ClickAsync("main button.btn-primary");
        await page.WaitForURLAsync(url + start);
    }

    /// <summary>A window of somebody who has just signed in, and what it complains about.</summary>
    /// <param name="start">Where whoever signs in lands.</param>
    /// <param name="script">False: JavaScript is off.</param>
    public async Task<(IBrowserContext Context, Watcher Watcher, IPage Page)> SignedInAsync(string url, string login, string start, string password, bool script)
    {
        var context = await Browsers.NewContextAsync(script);
        var watcher = await Watcher.OfAsync(context);
        var page = await context.NewPageAsync();
        await SignInAsync(page, url, login, start, password);
        return (context, watcher, page);
    }

    /// <summary>A mailbox whose owner a test is, alone in a domain of its own, on what ./run starts.</summary>
    public static async Task AddOwnerAsync(TrialInstance instance, string address, string password)
    {
        Assert.Equal(0, (await instance.PanelAsync(["domain", "add", address.Split('@')[1]])).Status);
        Assert.Equal(0, (await instance.PanelAsync(["mailbox", "add", address, "--password-stdin"], password + "\n")).Status);
    }

    private async Task<PanelProcess> StartFullAsync()
    {
        var panel = await PanelProcess.StartAsync("full");
        var context = await Browsers.NewContextAsync(script: false);
        await SetUpAsync(await context.NewPageAsync(), await panel.WithAsync(s => PanelSeed.SetupLinkAsync(s, panel.Url)), Superadmin);
        await context.CloseAsync();
        await panel.WithAsync(PanelSeed.FillAsync);
        return panel;
    }
}

[CollectionDefinition("panel")]
public sealed class PanelCollection : ICollectionFixture<PanelsAndBrowser>;
