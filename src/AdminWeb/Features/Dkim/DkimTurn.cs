using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Platform.Dns;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>
/// Looks for the records of keys: of those that wait every ten minutes, and lets them sign as soon as
/// the whole world can check it; of those that sign once a day. What has retired long enough is retired, and what has signed long enough is followed by a new key.
/// </summary>
internal sealed class DkimTurn(IServiceScopeFactory scopes)
{
    private const int AtOnce = 50;
    private static readonly TimeSpan OfWaiting = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan OfOthers = TimeSpan.FromDays(1);

    public async Task WorkAsync(DnsInquiry dns, Actor actor, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AdminDb>();
        var now = db.UtcNow;
        await FollowAsync(db, actor, now, ct);
        var due = await db.DkimKeys.AsNoTracking()
            .Where(k => k.Domain!.Kind != DomainKind.Recycled && ((k.State == DkimKeyState.Waiting && (k.CheckedAt == null || k.CheckedAt < now - OfWaiting))
                || ((k.State == DkimKeyState.Active || k.State == DkimKeyState.Retiring) && (k.CheckedAt == null || k.CheckedAt < now - OfOthers))))
            .OrderBy(k => k.CheckedAt).Take(AtOnce).Select(k => new { k.Id, k.State, k.RetiringSince }).ToListAsync(ct);
        foreach (var key in due)
        {
            await using var own = scopes.CreateAsyncScope();
            var isSeen = await own.ServiceProvider.GetRequiredService<CheckDkimKey>().RunAsync(new() { Id = key.Id }, dns, actor, ct) is Outcome<CheckDkimKey.Report>.Done { Value.IsSeen: true };
            if (isSeen && key.State == DkimKeyState.Waiting) await own.ServiceProvider.GetRequiredService<ActivateDkimKey>().RunAsync(new() { Id = key.Id }, actor, ct);
            if (key.State == DkimKeyState.Retiring && key.RetiringSince + DkimKey.Retirement <= now) await own.ServiceProvider.GetRequiredService<RetireDkimKey>().RunAsync(new() { Id = key.Id }, actor, ct);
        }
    }

    // A key of a kind is followed by one of the same kind and length, unless one waits already.
    private async Task FollowAsync(AdminDb db, Actor actor, DateTime now, CancellationToken ct)
    {
        var month = now.AddDays(-28);
        var old = await db.DkimKeys.Where(k => k.State == DkimKeyState.Active && k.ActiveSince < month && k.Domain!.IsActive && k.Domain.DkimRotationMonths != null
                && !k.Domain.DkimKeys.Any(next => next.State == DkimKeyState.Waiting && next.Algorithm == k.Algorithm) && k.Domain.DkimKeys.Count < AddDkimKey.MaxCount)
            .OrderBy(k => k.ActiveSince).Select(k => new { k.DomainId, k.Algorithm, k.Bits, Since = k.ActiveSince!.Value, Months = k.Domain!.DkimRotationMonths!.Value }).ToListAsync(ct);
        foreach (var key in old.Where(k => k.Since.AddMonths(k.Months) <= now).Take(AtOnce))
        {
            await using var own = scopes.CreateAsyncScope();
            // One of another length than the panel makes was brought along.
            var bits = key.Bits is { } length && DkimKeyPair.Lengths.Contains(length) ? length : DkimKeyPair.Lengths[0];
            await own.ServiceProvider.GetRequiredService<AddDkimKey>().RunAsync(new() { DomainId = key.DomainId, Algorithm = key.Algorithm, Bits = bits }, actor, ct);
        }
    }
}
