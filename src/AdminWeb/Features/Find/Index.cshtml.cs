using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Find;

/// <summary>A thing that was found: its name, and its own page.</summary>
public sealed record Found(string Name, string Url, AddressState State);

/// <summary>Things of one kind; <paramref name="More"/> leads to all of them when there are more than are shown.</summary>
public sealed record FoundGroup(string Title, IReadOnlyList<Found> Things, string? More);

/// <summary>Domains, mailboxes and aliases whose name begins with what somebody typed: indexes answer it at any size.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class IndexModel(DomainRows domains, MailboxRows mailboxes, AliasRows aliases) : PageModel
{
    private const int Shown = 10;

    public string Text { get; private set; } = "";

    public IReadOnlyList<FoundGroup> Groups { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? q, CancellationToken ct)
    {
        Text = (q ?? "").Trim();
        if (Text.Length == 0) return Page();

        var actor = HttpContext.Actor();
        var request = new PageRequest { Filter = Text };
        var foundDomains = await domains.PageAsync(request, actor, ct);
        var foundMailboxes = await mailboxes.EverywhereAsync(request, actor, ct);
        var foundAliases = await aliases.EverywhereAsync(request, actor, ct);
        Groups =
        [
            Group("Domains", foundDomains.Rows.Select(d => new Found(d.Name.Unicode, Url.Page("/Domains/Show", new { domain = d.Name.Value })!, StateOf(d.IsActive))), "/Domains/Index"),
            Group("Mailboxes", foundMailboxes.Rows.Select(m => new Found(AddressText.Unicode(m.Address), Url.Page("/Mailboxes/Edit", new { address = m.Address })!, m.State)), "/Mailboxes/Index"),
            Group("Aliases", foundAliases.Rows.Select(a => new Found(AddressText.Unicode(a.Address), Url.Page("/Aliases/Edit", new { address = a.Address })!, a.State)), "/Aliases/Index"),
        ];
        return Groups.SelectMany(g => g.Things).ToList() is [var only] ? LocalRedirect(only.Url) : Page();
    }

    private static AddressState StateOf(bool isActive) => isActive ? AddressState.Active : AddressState.Inactive;

    private FoundGroup Group(string title, IEnumerable<Found> things, string list)
    {
        var all = things.ToList();
        return new(title, [.. all.Take(Shown)], all.Count > Shown ? Url.Page(list, new { q = Text }) : null);
    }
}
