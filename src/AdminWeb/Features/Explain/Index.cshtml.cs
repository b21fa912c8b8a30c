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

    /// <summary>The mailbox that would send as the address; empty where nobody is asked about.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sender { get; set; }

    public Explanation? Explanation { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Address)) return Page();

        EmailAddress sender = default;
        if (!IsRead(nameof(Address), Address, out var address) || (!string.IsNullOrWhiteSpace(Sender) && !IsRead(nameof(Sender), Sender, out sender))) return Page();

        Explanation = await explain.RunAsync(address, !IsSignedIn, HttpContext.Actor(), ct, string.IsNullOrWhiteSpace(Sender) ? null : sender);
        return Explanation is null ? NotFound() : Page();
    }

    private bool IsRead(string field, string text, out EmailAddress address)
    {
        if (EmailAddress.TryParse(text, out address, out var fault)) return true;

        ModelState.AddModelError(field, ProblemSentence.Of(new Problem(field, fault.ToString(), text.Trim())));
        return false;
    }
}
