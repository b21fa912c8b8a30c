using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Find;

/// <summary>A thing that was found: its name, its own page, and what else it says of itself.</summary>
/// <param name="Destination">A destination that holds the text: why an address was found that does not.</param>
public sealed record Found(string Name, string Url, AddressState State, string? Note, string? Destination = null);

/// <summary>Things of one kind; <paramref name="More"/> leads to the list of all of them when there are more than are shown.</summary>
public sealed record FoundGroup(string Title, IReadOnlyList<Found> Things, string? More);

/// <summary>
/// One box for everything. What begins with the text is found by index; where that is little, or when asked, everything
/// that holds the text anywhere is looked for.
/// </summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(FoundRows rows) : PageModel
{
    public string Text { get; private set; } = "";

    /// <summary>Whether the text was looked for anywhere, not only at the beginning.</summary>
    public bool IsInside { get; private set; }

    public IReadOnlyList<FoundGroup> Groups { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "")] ListQuery query, CancellationToken ct)
    {
        var request = query.ToRequest() with { State = StateFilter.All };
        Text = request.Filter ?? "";
        if (Text.Length == 0) return Page();

        var actor = HttpContext.Actor();
        var found = request.IsInside ? null : await rows.FindAsync(request, actor, ct);
        IsInside = found is null || found.Count <= FoundRows.Shown;
        if (IsInside) found = await rows.FindAsync(request with { IsInside = true }, actor, ct);
        Groups =
        [
            Group("Domains", found!.Domains.Where(d => d.Kind == DomainKind.Hosted).Select(Of), "/Domains/Index"),
            Group("Mailboxes", found.Addresses.Where(a => a.Kind == AddressKind.Mailbox).Select(a => Of(a, Url.Page("/Mailboxes/Edit", new { address = a.Address }))), "/Mailboxes/Index"),
            Group("Aliases", found.Addresses.Where(a => a.Kind is AddressKind.Alias or AddressKind.CatchAll).Select(a => Of(a, Url.Page("/Aliases/Edit", new { address = a.Address }))), "/Aliases/Index"),
            Group("AliasDomains", found.Domains.Where(d => d.Kind == DomainKind.Alias).Select(Of), "/AliasDomains/Index"),
            Group("RelayDomains", found.Domains.Where(d => d.Kind == DomainKind.Relay).Select(Of), "/RelayDomains/Index"),
            // There is no list of those of all relay domains.
            Group("RelayRecipients", found.Addresses.Where(a => a.Kind == AddressKind.RelayRecipient).Select(a => Of(a, Url.Page("/RelayDomains/Show", new { domain = AddressText.Split(a.Address).Domain, q = a.Address }))), list: null),
        ];
        return Groups.SelectMany(g => g.Things).ToList() is [var only] ? LocalRedirect(only.Url) : Page();
    }

    private Found Of(FoundDomain domain) => new(
        domain.Name.Unicode,
        Url.Page(PageOf(domain.Kind), new { domain = domain.Name.Value })!,
        domain.IsActive ? AddressState.Active : AddressState.Inactive,
        domain.Description);

    private static Found Of(FoundAddress found, string? url) => new(
        AddressText.Unicode(found.Address),
        url!,
        found.State,
        found.Note,
        found.Destination is { } destination ? AddressText.Unicode(destination) : null);

    private static string PageOf(DomainKind kind) => kind switch
    {
        DomainKind.Alias => "/AliasDomains/Show",
        DomainKind.Relay => "/RelayDomains/Show",
        _ => "/Domains/Show",
    };

    private FoundGroup Group(string title, IEnumerable<Found> things, string? list)
    {
        var all = things.ToList();
        var more = all.Count > FoundRows.Shown && list is not null ? Url.Page(list, new { q = Text, match = IsInside ? "inside" : null }) : null;
        return new(title, [.. all.Take(FoundRows.Shown)], more);
    }
}
