using AdminPanel.Data.Access;
using AdminPanel.Web.Features.ClientSetup;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>Makes a link that sets up an iPhone, an iPad or a Mac, and shows it once.</summary>
[OwnerMay(OwnerRights.DeviceSetup | OwnerRights.AppPasswords)]
public sealed class DeviceLinkModel(OwnMailboxRows own, ServerSettings settings, MakeDeviceLink make) : PageModel
{
    /// <summary>The link that the request before made: in the encrypted TempData cookie, once.</summary>
    [TempData]
    public string? Made { get; set; }

    [BindProperty]
    public MakeDeviceLink.Input Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await IsThereAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await IsThereAsync(ct)) return NotFound();

        return (await make.RunAsync(Input, HttpContext.Actor(), ct)).Match<IActionResult>(
            link =>
            {
                Made = link;
                return RedirectToPage();
            },
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    // Only what there is a profile of.
    private async Task<bool> IsThereAsync(CancellationToken ct) =>
        await own.AccessAsync(HttpContext.Actor(), ct) is { } mailbox && AppleProfile.IsFor(ClientServers.Read(await settings.ReadAsync(ct)), mailbox.Access);
}
