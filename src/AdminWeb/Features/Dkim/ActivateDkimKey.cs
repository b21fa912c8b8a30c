using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>Lets a waiting key sign from the next apply on, and the one of its algorithm that signed before retire. Refused until its record has been seen.</summary>
public sealed class ActivateDkimKey(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }
    }

    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) =>
        db.InTransactionAsync(token => ActivateAsync(input.Id, actor, token), duplicate: null, ct);

    private async Task<Outcome<Saved>> ActivateAsync(long id, Actor actor, CancellationToken ct)
    {
        var key = await db.LockDkimKeyAsync(id, actor, ct);
        if (key is null) return Outcome.NotFound<Saved>();
        if (key.State != DkimKeyState.Waiting) return Outcome.Refused<Saved>(new Problem("", "DkimNotWaiting", key.Selector));
        if (!key.IsSeen) return Outcome.Refused<Saved>(new Problem("", "DkimNotSeen", key.Selector, key.Domain!.Name.Unicode));

        var now = db.UtcNow;
        var former = await db.DkimKeys.Where(k => k.DomainId == key.DomainId && k.State == DkimKeyState.Active && k.Algorithm == key.Algorithm).ToListAsync(ct);
        foreach (var old in former) (old.State, old.RetiringSince) = (DkimKeyState.Retiring, now);
        (key.State, key.ActiveSince) = (DkimKeyState.Active, now);
        await db.RaiseSigningVersionAsync(ct);
        db.Audit(actor, "dkim.activate", key.Domain!.Name.Value, key.DomainId, new { Signing = former.Select(k => k.Selector) }, new { Signing = key.Selector });
        return Outcome.Done(new Saved(key.Id, key.Selector));
    }
}
