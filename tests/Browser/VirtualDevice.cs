using Microsoft.Playwright;

namespace AdminPanel.Tests.Browser;

/// <summary>A device with passkeys inside Chromium (https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/), for one window. Its owner is there and known, until a test says otherwise.</summary>
internal sealed class VirtualDevice
{
    private readonly ICDPSession devices;
    private readonly string id;

    private VirtualDevice(ICDPSession devices, string id)
    {
        this.devices = devices;
        this.id = id;
    }

    public static async Task<VirtualDevice> AddAsync(IBrowserContext context, IPage page)
    {
        var devices = await context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        var added = await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
        return new VirtualDevice(devices, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Whether somebody answers what is asked from now on; what waits already goes on waiting. A page that offers passkeys beside the login is answered as it opens.</summary>
    public Task SetPresentAsync(bool isPresent) => devices.SendAsync("WebAuthn.setAutomaticPresenceSimulation", new Dictionary<string, object> { ["authenticatorId"] = id, ["enabled"] = isPresent });

    /// <summary>Whether the device knows whose finger it is.</summary>
    public Task SetVerifiedAsync(bool isVerified) => devices.SendAsync("WebAuthn.setUserVerified", new Dictionary<string, object> { ["authenticatorId"] = id, ["isUserVerified"] = isVerified });

    /// <summary>Presses the button of a page that asks for a passkey, and answers.</summary>
    public async Task UseAsync(IPage page)
    {
        // What the page offers beside the login waits already; asked a moment later it would be answered, too, and leave the page under the click.
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await SetPresentAsync(true);
        await page.ClickAsync("[data-passkey=get]");
    }
}
