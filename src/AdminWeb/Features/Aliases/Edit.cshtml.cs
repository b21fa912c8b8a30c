using AdminPanel.Data;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>One alias or catch-all: its settings as a form, and what is known about it beside.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class EditModel(AliasRows aliases, UpdateAlias updateAlias, SetAliasActive setActive, IStringLocalizer<AliasesText> words) : PageModel
{
    [BindProperty]
    public UpdateAlias.Input Input { get; set; } = new();

    public AliasDetail Alias { get; private set; } = null!;

    /// <summary>Both versions after somebody else saved first; null otherwise.</summary>
    public StaleForm? Stale { get; private set; }

    /// <summary>What is not allowed is not offered.</summary>
    public bool MayChange => !Alias.IsRole || HttpContext.Actor().IsSuperadmin;

    public string Address => AddressText.Unicode(Alias.Address);

    public async Task<IActionResult> OnGetAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        Input = Stored();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        // The state has a button of its own.
        Input = this.Merged(Input, Stored()) with { Id = Alias.Id, IsActive = Alias.IsActive };
        var outcome = await updateAlias.RunAsync(Input, HttpContext.Actor(), ct);
        if (outcome is Outcome<Saved>.Conflict && await LoadAsync(address, ct)) Stale = await this.StaleAsync(Input, Stored(), "alias", Alias.Address, ct);
        return outcome.Match(
            _ => this.Saved(words["Updated"], Address, Here(), Here()),
            problems => this.Refused(problems),
            version =>
            {
                Input = Input with { Version = version };
                return this.Conflict();
            },
            () => NotFound());
    }

    public async Task<IActionResult> OnPostStateAsync(string address, [BindRequired] bool active, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        ModelState.Clear();
        Input = Stored();
        return (await setActive.RunAsync(new() { Id = Alias.Id, IsActive = active }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words[active ? "Activated" : "Deactivated"], Address, Here(), Here()),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private string Here() => Url.Page("Edit", new { address = Alias.Address })!;

    private UpdateAlias.Input Stored() => new()
    {
        Version = Alias.Version,
        Destinations = string.Join('\n', Alias.Destinations.Select(AddressText.Unicode)),
        Comment = Alias.Comment,
        ActiveFrom = Alias.Period.FromText,
        ActiveUntil = Alias.Period.UntilText,
        IsInternal = Alias.IsInternal,
        MembersMaySend = Alias.MembersMaySend,
    };

    private async Task<bool> LoadAsync(string segment, CancellationToken ct)
    {
        if (AliasRoute.Read(segment) is not { } address || await aliases.FindAsync(address, HttpContext.Actor(), ct) is not { } found) return false;

        Alias = found;
        return true;
    }
}
