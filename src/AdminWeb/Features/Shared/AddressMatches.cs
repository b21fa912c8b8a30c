using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Addresses from the index that finds what a list is limited to, whatever the list is ordered by.</summary>
internal static class AddressMatches
{
    /// <summary>So many are put in order as they are found; where there are more, the order is walked instead, and soon meets a page of them.</summary>
    public const int Few = 2_000;

    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    private static readonly TimeSpan Lately = TimeSpan.FromDays(1);

    /// <summary>Whether the list is limited, by what an index finds, to few addresses of a kind.</summary>
    public static async Task<bool> AreFewAsync(AdminDb db, Actor actor, AddressKind kind, PageRequest request, CancellationToken ct) =>
        First(db, actor, kind, request) is { } first && await first.Take(Few + 1).CountAsync(ct) <= Few;

    /// <summary>Whether that is so as a rule, where nobody counts: in one domain all of them would not take long.</summary>
    public static bool AreUsuallyFew(PageRequest request) =>
        request.Only is not (ListOnly.None or ListOnly.NeverUsed or ListOnly.CatchAlls) || request.State is StateFilter.Inactive or StateFilter.Scheduled or StateFilter.Expired;

    /// <summary>
    /// The figures that the request's <see cref="ListOnly"/> is about: all where it is about something else. A walk of them
    /// in the order of what they are limited by begins where they do, not with all that come before.
    /// </summary>
    public static IQueryable<MailboxFigures> Only(this IQueryable<MailboxFigures> figures, ListOnly only, DateTime now)
    {
        var soon = now + Soon;
        return only switch
        {
            ListOnly.NearlyFull => figures.Where(f => f.Fullness >= MailboxFigures.NearlyFull),
            ListOnly.NeverUsed => figures.Where(f => f.LastSignIn == 0),
            ListOnly.PasswordEnding => figures.Where(f => f.PasswordExpiresAt < soon),
            _ => figures,
        };
    }

    /// <summary>The addresses that the request's <see cref="ListOnly"/> is about.</summary>
    /// <param name="isWalk">Whether another order is walked: then each address is looked up, and the server does not begin with all that match.</param>
    public static IQueryable<AddressEntry> Only(this IQueryable<AddressEntry> addresses, AdminDb db, Actor actor, AddressKind kind, PageRequest request, bool isWalk) =>
        request.Only switch
        {
            ListOnly.None => addresses,
            ListOnly.CatchAlls => addresses.Where(a => a.Kind == AddressKind.CatchAll),
            _ when Ids(db, actor, kind, request.Only) is { } ids => isWalk
                ? addresses.Where(a => ids.Where(id => id == a.Id).Select(id => (long?)id).FirstOrDefault() != null)
                : addresses.Where(a => ids.Contains(a.Id)),
            _ => addresses.Where(_ => false),
        };

    private static IQueryable<long>? First(AdminDb db, Actor actor, AddressKind kind, PageRequest request)
    {
        if (!request.IsFiltered) return null;
        if (Ids(db, actor, kind, request.Only) is { } only) return only;

        var (now, all) = (db.UtcNow, db.Addresses.Where(a => a.Kind == kind));
        var found = request.State switch
        {
            StateFilter.Inactive => all.Where(a => !a.IsActive),
            StateFilter.Scheduled => all.Where(a => a.ActiveFrom > now),
            StateFilter.Expired => all.Where(a => a.ActiveUntil <= now),
            // In order of address, what begins with a text is a range already.
            _ => request is { Prefix: not null, Sort: not ListSort.Name } ? all.Matching(db, kind, request) : null,
        };
        return found?.Select(a => a.Id);
    }

    private static IQueryable<long>? Ids(AdminDb db, Actor actor, AddressKind kind, ListOnly only)
    {
        var now = db.UtcNow;
        var (soon, since) = (now + Soon, now - Lately);
        return only switch
        {
            ListOnly.NearlyFull or ListOnly.NeverUsed or ListOnly.PasswordEnding => db.MailboxFigures.Only(only, now).Select(f => f.AddressId),
            ListOnly.Refused => db.RefusedSignIns.Where(s => s.Day >= since.Date && s.LastAt >= since)
                .Join(db.Mailboxes.PermittedTo(actor, DomainPermissions.Logs), s => s.MailboxId, m => m.Id, (s, m) => m.AddressId),
            ListOnly.WelcomeRefused => db.Notices.Where(n => n.DueAt == null && n.Kind == NoticeKind.Welcome).Join(db.Mailboxes, n => n.MailboxId, m => m.Id, (n, m) => m.AddressId),
            ListOnly.Ending => db.Addresses.Where(a => a.Kind == kind && a.ActiveUntil > now && a.ActiveUntil < soon).Select(a => a.Id),
            ListOnly.Groups => db.Addresses.Where(a => a.IsGroup).Select(a => a.Id),
            _ => null,
        };
    }
}
