using AdminPanel.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>Passkeys that the browser offers beside the login, before a button is pressed, on what ./run starts.</summary>
[Collection("panel")]
public sealed class PasskeyAutofillTests(PanelsAndBrowser panels)
{
    private const string Password = "four words of nonsense";

    /// <summary>Writes down what the pages of a window ask the browser, and how that ends. A page without an address has no passkeys.</summary>
    private const string Listen = """
        window.asked = 0;
        if (navigator.credentials) {
          const get = navigator.credentials.get.bind(navigator.credentials);
          const note = (how, what) => { sessionStorage.seen = `${sessionStorage.seen ?? ""}${how ?? "button"} ${what}\n`; };
          navigator.credentials.get = (question) => {
            note(question.mediation, "asked");
            const answer = get(question);
            answer.then(() => note(question.mediation, "answered"), (fault) => note(question.mediation, fault.name));
            window.asked++;
            return answer;
          };
        }
        """;

    [BrowserFact]
    public async Task Opening_the_page_is_enough_and_the_button_goes_before_what_waits()
    {
        var (instance, context, page, device) = await OwnerAsync("anna@autofill.example");
        var watcher = await Watcher.OfAsync(context);
        // Nobody answers: the page is as it was, and asks once.
        await page.GotoAsync($"{instance.Panel}/sign-in?returnUrl=%2Fme%2Fsign-ins");
        await AskedAsync(page, 1);
        Assert.Equal("username webauthn", await page.GetAttributeAsync("#Input_Login", "autocomplete"));
        await page.FillAsync("#Input_Login", "anna@autofill.example");
        await Pictures.TakeAsync(page, watcher, "passkey-offered");
        Assert.Equal("/sign-in", new Uri(page.Url).AbsolutePath);

        // The browser takes one question at a time.
        await device.UseAsync(page);
        await page.WaitForURLAsync(instance.Panel + "/me/sign-ins");
        Assert.EndsWith("conditional asked\nconditional AbortError\nbutton asked\nbutton answered\n", await SeenAsync(page), StringComparison.Ordinal);

        await device.SetPresentAsync(false);
        await SignOutAsync(page, instance.Panel);
        await device.SetPresentAsync(true);
        await page.GotoAsync($"{instance.Panel}/sign-in");
        await page.WaitForURLAsync(instance.Panel + "/me");
        Assert.EndsWith("conditional asked\nconditional answered\n", await SeenAsync(page), StringComparison.Ordinal);
        Assert.Equal([], watcher.Take());
        await context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_page_left_open_for_an_hour_asks_afresh()
    {
        var (instance, context, page, device) = await OwnerAsync("anna@left-open.example");
        await page.Clock.InstallAsync();
        await page.GotoAsync($"{instance.Panel}/sign-in");
        await AskedAsync(page, 1);

        // Four minutes: the question has one left.
        await page.Clock.RunForAsync("04:01");
        await AskedAsync(page, 2);
        // What waits already is not answered any more: what is asked now is.
        await device.SetPresentAsync(true);
        await page.Clock.FastForwardAsync("01:00:00");

        await page.WaitForURLAsync(instance.Panel + "/me");
        await context.CloseAsync();
    }

    /// <summary>A computer that slept runs no timers: the answer is to a question of before.</summary>
    [BrowserFact]
    public async Task An_answer_after_a_long_sleep_is_asked_for_once_more()
    {
        var (instance, context, page, device) = await OwnerAsync("anna@slept.example");
        // The clock is an hour on, once, when the answer is there.
        await page.AddInitScriptAsync("""
            const once = navigator.credentials.get;
            navigator.credentials.get = async (question) => {
              const answer = await (window.asked ? new Promise(() => {}) : once(question));
              const now = Date.now;
              Date.now = () => now() + 3600000;
              return answer;
            };
            """);
        await device.SetPresentAsync(true);
        await page.GotoAsync($"{instance.Panel}/sign-in");

        await Assertions.Expect(page.Locator("[data-passkey-late]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-passkey-failed]")).ToBeHiddenAsync();
        Assert.Equal("/sign-in", new Uri(page.Url).AbsolutePath);
        await context.CloseAsync();
    }

    /// <summary>All tabs share the cookie: the last one that asked has it.</summary>
    [BrowserFact]
    public async Task Of_two_tabs_the_one_that_is_looked_at_asks_again()
    {
        var (instance, context, page, device) = await OwnerAsync("anna@two-tabs.example");
        await page.GotoAsync($"{instance.Panel}/sign-in");
        await AskedAsync(page, 1);
        var other = await context.NewPageAsync();
        await other.GotoAsync($"{instance.Panel}/sign-in");
        await AskedAsync(other, 1);

        await device.SetPresentAsync(true);
        // Until it has heard of the other one.
        await page.EvaluateAsync("() => { setInterval(() => dispatchEvent(new Event('focus')), 100); }");

        await page.WaitForURLAsync(instance.Panel + "/me");
        await context.CloseAsync();
    }

    private static Task<string> SeenAsync(IPage page) => page.EvaluateAsync<string>("sessionStorage.seen");

    /// <summary>Until a page has asked so often.</summary>
    private static async Task AskedAsync(IPage page, int times)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await page.EvaluateAsync<int>("window.asked") < times) await Task.Delay(50, limit.Token);
    }

    /// <summary>An owner with a passkey in a device, signed out; nobody answers.</summary>
    private async Task<(TrialInstance Instance, IBrowserContext Context, IPage Page, VirtualDevice Device)> OwnerAsync(string address)
    {
        var instance = await TrialInstance.Shared;
        await PanelsAndBrowser.AddOwnerAsync(instance, address, Password);
        var context = await panels.Browsers.NewContextAsync();
        await context.AddInitScriptAsync(Listen);
        var page = await context.NewPageAsync();
        var device = await VirtualDevice.AddAsync(context, page);
        await PanelsAndBrowser.SignInAsync(page, instance.Panel, address, "/me", Password);
        await page.GotoAsync($"{instance.Panel}/account/passkeys/add");
        await page.FillAsync("#Start_Name", "Phone");
        await page.FillAsync("#Start_CurrentPassword", Password);
        await page.ClickAsync("main button.btn-primary");
        await page.ClickAsync("[data-passkey=create]");
        await page.Locator(".notice-secret code").First.WaitForAsync();
        await device.SetPresentAsync(false);
        await SignOutAsync(page, instance.Panel);
        return (instance, context, page, device);
    }

    private static async Task SignOutAsync(IPage page, string url)
    {
        await page.GotoAsync($"{url}/sign-out");
        await page.ClickAsync("main button.btn-primary");
        await page.WaitForURLAsync($"{url}/sign-in");
        // Nothing waits for an answer.
        await page.GotoAsync("about:blank");
    }
}
