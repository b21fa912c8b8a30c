using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>One alias or catch-all: its settings as a form, and what is known about it beside.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class EditModel(AliasRows aliases, UpdateAlias updateAlias, SetAliasActive setActive, IStringLocalizer<AliasesText> words) : EditPage<UpdateAlias.Input>
{
    public AliasDetail Alias { get; private set; } = null!;

    /// <summary>What is not allowed is not offered.</summary>
    public bool MayChange => !Alias.IsRole || HttpContext.Actor().IsSuperadmin;

    public string Address => AddressText.Unicode(Alias.Address);

    public async Task<IActionResult> OnGetAsync(string address, CancellationToken ct) => await LoadAsync(address, ct) ? Opened() : NotFound();

    public async Task<IActionResult> OnPostAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        // The state has a button of its own.
        Input = this.Merged(Input, Stored()) with { Id = Alias.Id, IsActive = Alias.IsActive };
        var outcome = await updateAlias.RunAsync(Input, HttpContext.Actor(), ct);
        return await AnswerAsync(outcome, "alias", Alias.Address, () => LoadAsync(address, ct), _ => this.Saved(words["Updated"], Address, Here(), Here()), ct);
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

    protected override UpdateAlias.Input Stored() => new()
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
