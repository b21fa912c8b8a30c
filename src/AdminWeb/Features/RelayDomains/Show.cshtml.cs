using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>One relay domain: where its mail goes, and the list of its recipients.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class ShowModel(
    RelayDomainRows relayDomains, SetDomainActive setActive, AddRelayRecipients add, RemoveRelayRecipients remove, IStringLocalizer<RelayDomainsText> words) : PageModel
{
    [BindProperty]
    public AddRelayRecipients.Input Input { get; set; } = new();

    public ListQuery Query { get; private set; } = new();

    public RelayDomainRow Row { get; private set; } = null!;

    public RowPage<RelayRecipientRow> List { get; private set; } = null!;

    public bool MayChange { get; private set; }

    public bool AreServed { get; private set; }

    public async Task<IActionResult> OnGetAsync(string domain, [FromQuery(Name = "")] ListQuery query, CancellationToken ct) =>
        await LoadAsync(domain, query, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostStateAsync(string domain, [BindRequired] bool active, CancellationToken ct)
    {
        if (!await LoadAsync(domain, new(), ct)) return NotFound();

        ModelState.Clear();
        return (await setActive.RunAsync(new() { Id = Row.Id, Kind = DomainKind.Relay, IsActive = active }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words[active ? "Activated" : "Deactivated"], Row.Name.Unicode, Here(), Here()),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    public async Task<IActionResult> OnPostAddAsync(string domain, CancellationToken ct)
    {
        if (!await LoadAsync(domain, new(), ct)) return NotFound();

        Input = Input with { DomainId = Row.Id };
        return (await add.RunAsync(Input, HttpContext.Actor(), ct)).Match(
            done => this.Saved(words["RecipientsAdded", "{0}", done.Changed, done.Unchanged], Row.Name.Unicode, Here(), Here()),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    public async Task<IActionResult> OnPostRemoveAsync(string domain, string? recipient, CancellationToken ct)
    {
        if (!await LoadAsync(domain, new(), ct)) return NotFound();

        ModelState.Clear();
        return (await remove.RunAsync(new() { DomainId = Row.Id, Recipients = recipient }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words["RecipientRemoved"], AddressText.Unicode(recipient!), null, Here()),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private string Here() => Url.Page("Show", new { domain = Row.Name.Value })!;

    private async Task<bool> LoadAsync(string domain, ListQuery query, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        if (!DomainName.TryParse(domain, out var name) || await relayDomains.FindAsync(name, actor, ct) is not { } found) return false;
        if (await relayDomains.RecipientsAsync(name, query.ToRequest(), actor, ct) is not { } list) return false;

        (Row, List, Query, MayChange) = (found, list, query, actor.IsSuperadmin);
        AreServed = await relayDomains.AreServedAsync(ct);
        return true;
    }
}
