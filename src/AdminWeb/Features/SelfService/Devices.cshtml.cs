using System.Text;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.ClientSetup;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>What to type into a mail program, and a profile for devices that take one.</summary>
[OwnerMay(OwnerRights.DeviceSetup)]
public sealed class DevicesModel(OwnMailboxRows own, ServerSettings settings, PanelSettings panel) : PageModel
{
    public OwnAccess Mailbox { get; private set; } = null!;

    /// <summary>Those that the mailbox may use, the best of each protocol first; none while the mail server has no name.</summary>
    public IReadOnlyList<ClientServer> Servers { get; private set; } = [];

    /// <summary>Where a phone finds this page.</summary>
    public string Address => $"{panel.Url}/me/devices";

    /// <summary>Whether a link may be made that brings an app password along; where the domain does not let owners have those, there is the profile without.</summary>
    public bool MayMakeLink => Policies.May(User, MakeDeviceLink.Needs);

    /// <summary>Without a password. Null where the mailbox cannot both read and send.</summary>
    public string? Profile => AppleProfile.Of(EmailAddress.Parse(Mailbox.Address), Mailbox.DisplayName, Servers);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetProfileAsync(CancellationToken ct) =>
        await LoadAsync(ct) && Profile is { } profile ? File(Encoding.UTF8.GetBytes(profile), AppleProfile.ContentType, AppleProfile.FileName) : NotFound();

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await own.AccessAsync(HttpContext.Actor(), ct) is not { } found) return false;

        Mailbox = found;
        Servers = [.. ClientServers.Read(await settings.ReadAsync(ct)).Where(s => found.Access.Allows(s.Protocol))];
        return true;
    }
}
