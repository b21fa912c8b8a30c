using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Domains whose DNS wants somebody's hand: counted by the overview, and shown by the list that it leads to.</summary>
internal static class DnsWork
{
    /// <summary>Those that are active: of others nobody looks for records any more.</summary>
    public static IQueryable<MailDomain> WithWrongDns(this IQueryable<MailDomain> domains) => domains.Where(d => d.IsActive && d.DnsCheck!.WrongCount > 0);

    /// <summary>Those with a DKIM key in this state: what waits wants a record, what is retired wants none any more.</summary>
    public static IQueryable<MailDomain> WithKeysThat(this IQueryable<MailDomain> domains, DkimKeyState state) => domains.Where(d => d.DkimKeys.Any(k => k.State == state));
}
