using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RelayDomains;

/// <param name="NextHop">"[mx.example.org]:25"; null is by MX records.</param>
/// <param name="RecipientLimit">Null is no limit.</param>
public sealed record RelayDomainRow(
    long Id, long Version, DomainName Name, string? Description, string? NextHop, int RecipientCount, int? RecipientLimit, bool IsActive, DateTime UpdatedAt);

/// <param name="IsActive">Its own state.</param>
public sealed record RelayRecipientRow(string Address, bool IsActive);

/// <summary>Relay domains and their recipients to look at, in the actor's scope.</summary>
public sealed class RelayDomainRows(AdminDb db, ServerSettings settings)
{
    /// <summary>
    /// Whether the mail server is told to serve relay domains: as the next render would read it, so that a page can say
    /// what is missing.
    /// </summary>
    public async Task<bool> AreServedAsync(CancellationToken ct) => (await settings.ReadAsync(ct))["relay_domains"] == "yes";

    /// <summary>In order of name, from the index (kind, name). Keys are names.</summary>
    public Task<RowPage<RelayDomainRow>> PageAsync(PageRequest request, Actor actor, CancellationToken ct)
    {
        var domains = Visible(actor);
        if (request.Prefix is { } typed)
        {
            var prefix = DomainKey.Prefix(typed);
            domains = domains.Where(d => ((string)(object)d.Name).StartsWith(prefix));
        }
        if (request.State != StateFilter.All)
        {
            var isActive = request.State == StateFilter.Active;
            domains = domains.Where(d => d.IsActive == isActive);
        }
        domains = request.Only switch
        {
            ListOnly.None => domains,
            ListOnly.NoRecipients => domains.Where(d => d.MailboxCount == 0),
            _ => domains.Where(_ => false),
        };
        return RowPage<RelayDomainRow>.OfAsync(Rows(domains.FromKey(d => d.Name, request, DomainKey.Parse)), request, r => r.Name.Value, total: null, ct);
    }

    /// <summary>Null where there is no such relay domain for this actor.</summary>
    public Task<RelayDomainRow?> FindAsync(DomainName name, Actor actor, CancellationToken ct) =>
        Rows(Visible(actor).Where(d => d.Name == name)).FirstOrDefaultAsync(ct);

    /// <summary>The recipients of a relay domain in order of address; null where there is no such domain for this actor. Keys are addresses.</summary>
    public async Task<RowPage<RelayRecipientRow>?> RecipientsAsync(DomainName name, PageRequest asked, Actor actor, CancellationToken ct)
    {
        var request = asked with { Sort = ListSort.Name };
        var found = await Visible(actor).Where(d => d.Name == name).Select(d => new { d.Id, d.MailboxCount }).FirstOrDefaultAsync(ct);
        if (found is null) return null;

        var rows = AddressWalks.Of(db, actor, found.Id, found.MailboxCount, request).Page(AddressKind.RelayRecipient, request).InOrder(a => a.Address, request)
            .Select(a => new RelayRecipientRow(a.Address, a.IsActive));
        return await RowPage<RelayRecipientRow>.OfAsync(rows, request, r => r.Address, request.IsFiltered ? null : found.MailboxCount, ct);
    }

    // A relay domain has its recipients and nothing else: whoever does not manage them has nothing to see.
    private IQueryable<MailDomain> Visible(Actor actor) => db.Domains.PermittedTo(actor, DomainPermissions.Mailboxes).Where(d => d.Kind == DomainKind.Relay);

    private static IQueryable<RelayDomainRow> Rows(IQueryable<MailDomain> domains) => domains.Select(d => new RelayDomainRow(
        d.Id, d.Version, d.Name, d.Description, HopText(d.TransportHost, d.TransportPort), d.MailboxCount, d.MailboxLimit, d.IsActive, d.UpdatedAt));

    private static string? HopText(string? host, int? port) => host is null ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{host}]:{port}");
}
