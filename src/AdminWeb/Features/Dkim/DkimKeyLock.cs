using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.MailServer.Settings;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dkim;

internal static class DkimKeyLock
{
    /// <summary>Domains that may have keys, to whoever manages those: hosted ones, and alias domains, which sign with their own names.</summary>
    public static IQueryable<MailDomain> WithKeys(this IQueryable<MailDomain> domains, Actor actor) =>
        domains.PermittedTo(actor, DomainPermissions.Dns).Where(d => d.Kind == DomainKind.Hosted || d.Kind == DomainKind.Alias);

    /// <summary>A key under the lock of its domain, with the domain; null where there is none for this actor.</summary>
    public static async Task<DkimKey?> LockDkimKeyAsync(this AdminDb db, long id, Actor actor, CancellationToken ct)
    {
        var allowed = db.Domains.WithKeys(actor);
        var domainId = await db.DkimKeys.Where(k => k.Id == id && allowed.Any(d => d.Id == k.DomainId)).Select(k => (long?)k.DomainId).FirstOrDefaultAsync(ct);
        if (domainId is null || !await db.LockDomainAsync(domainId.Value, ct)) return null;

        return await db.DkimKeys.Include(k => k.Domain).FirstOrDefaultAsync(k => k.Id == id, ct);
    }

    /// <summary>Writes down that what signs is not what the next apply would let sign: pages say so until it has.</summary>
    public static async Task RaiseSigningVersionAsync(this AdminDb db, CancellationToken ct)
    {
        await db.LockSettingsAsync(ct);
        SettingsVersion.Raise(db, await db.Settings.ToDictionaryAsync(s => s.Key, ct));
    }
}
