using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Explain;

/// <summary>What becomes of mail for an address.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(ExplainAddress explain) : PageModel
{
    /// <summary>Steps on the page; the command line shows all.</summary>
    public const int Shown = 50;

    [BindProperty(SupportsGet = true)]
    public string? Address { get; set; }

    /// <summary>Mail of somebody who has signed in; else of another host.</summary>
    [BindProperty(SupportsGet = true, Name = "signed-in")]
    public bool IsSignedIn { get; set; }

    public Explanation? Explanation { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Address)) return Page();

        if (!EmailAddress.TryParse(Address, out var address, out var fault))
        {
            ModelState.AddModelError(nameof(Address), ProblemSentence.Of(new Problem(nameof(Address), fault == AddressFault.Empty ? "AddressEmpty" : fault.ToString(), Address.Trim())));
            return Page();
        }
        Explanation = await explain.RunAsync(address, !IsSignedIn, HttpContext.Actor(), ct);
        return Explanation is null ? NotFound() : Page();
    }
}
