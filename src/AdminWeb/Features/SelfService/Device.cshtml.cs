using System.Text;
using AdminPanel.Web.Features.ClientSetup;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>Where the link for a device leads. Opening it makes nothing: programs that show previews of links open them, too.</summary>
[AllowAnonymous]
public sealed class DeviceModel(TakeDeviceProfile take, TimeProvider clock, IStringLocalizer<SelfServiceText> words) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Link { get; set; }

    /// <summary>Whose mail it sets up; null where the link is good for nothing.</summary>
    public string? Address { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken ct) => AnswerAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var input = new TakeDeviceProfile.Input { Link = Link, Name = words["DevicePasswordName", DayText.Of(clock.GetUtcNow().UtcDateTime)] };
        return await (await take.RunAsync(input, HttpContext.Visitor(), ct)).Match(
            done: profile => Task.FromResult<IActionResult>(File(Encoding.UTF8.GetBytes(profile), AppleProfile.ContentType, AppleProfile.FileName)),
            refused: problems =>
            {
                this.Refused(problems, prefix: "");
                return AnswerAsync(ct);
            },
            conflict: _ => AnswerAsync(ct),
            notFound: () => AnswerAsync(ct));
    }

    private async Task<IActionResult> AnswerAsync(CancellationToken ct)
    {
        Address = (await take.FindAsync(Link, HttpContext.Visitor(), ct))?.Address;
        if (Address is null) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
