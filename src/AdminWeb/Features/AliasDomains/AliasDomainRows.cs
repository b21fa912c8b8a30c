using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.AliasDomains;

public sealed record AliasDomainRow(long Id, DomainName Name, DomainName TargetName, bool IsActive, bool TargetIsActive, bool TargetRefuses)
{
    /// <summary>Whether DNS records that mail needs were missing or wrong at the last look.</summary>
    public bool IsDnsWrong { get; init; }
}

/// <summary>Alias domains to look at: those whose target domain is in the actor's scope.</summary>
public sealed class AliasDomainRows(AdminDb db)
{
    /// <summary>In order of name, from the index (kind, name). Keys are names.</summary>
    public Task<RowPage<AliasDomainRow>> PageAsync(PageRequest request, Actor actor, CancellationToken ct)
    {
        var domains = db.Domains.VisibleTo(actor).Where(d => d.Kind == DomainKind.Alias);
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
            ListOnly.TargetStopped => domains.Where(d => !d.Target!.IsActive || d.Target.Transport == DomainTransport.Error),
            ListOnly.DnsWrong => domains.WithWrongDns(),
            ListOnly.DkimWaiting => domains.WithKeysThat(DkimKeyState.Waiting),
            ListOnly.DkimRetired => domains.WithKeysThat(DkimKeyState.Retired),
            _ => domains.Where(_ => false),
        };
        return RowPage<AliasDomainRow>.OfAsync(
            Rows(domains.FromKey(d => d.Name, request, DomainKey.Parse)), request, r => r.Name.Value, total: null, ct);
    }

    /// <summary>Null where there is no such alias domain for this actor.</summary>
    public Task<AliasDomainRow?> FindAsync(long id, Actor actor, CancellationToken ct) =>
        Rows(db.Domains.VisibleTo(actor).Where(d => d.Kind == DomainKind.Alias && d.Id == id)).FirstOrDefaultAsync(ct);

    /// <summary>Null where there is no such alias domain for this actor.</summary>
    public Task<AliasDomainRow?> FindAsync(DomainName name, Actor actor, CancellationToken ct) =>
        Rows(db.Domains.VisibleTo(actor).Where(d => d.Kind == DomainKind.Alias && d.Name == name)).FirstOrDefaultAsync(ct);

    private static IQueryable<AliasDomainRow> Rows(IQueryable<MailDomain> domains) =>
        domains.Select(d => new AliasDomainRow(d.Id, d.Name, d.Target!.Name, d.IsActive, d.Target.IsActive, d.Target.Transport == DomainTransport.Error) { IsDnsWrong = d.IsActive && d.DnsCheck!.WrongCount > 0 });
}
