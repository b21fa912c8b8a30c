using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Domains whose DNS was wrong at the last look: counted by the overview, and shown by the list that it leads to.</summary>
internal static class WrongDns
{
    /// <summary>Those that are active: of others nobody looks for records any more.</summary>
    public static IQueryable<MailDomain> WithWrongDns(this IQueryable<MailDomain> domains) => domains.Where(d => d.IsActive && d.DnsCheck!.WrongCount > 0);
}
