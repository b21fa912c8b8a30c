using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>Deletes a key for ever: one that never signed, or that is retired. Any other would leave mail under way that nobody can check.</summary>
public sealed class DeleteDkimKey(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }
    }

    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) =>
        db.InTransactionAsync(token => DeleteAsync(input.Id, actor, token), duplicate: null, ct);

    private async Task<Outcome<Saved>> DeleteAsync(long id, Actor actor, CancellationToken ct)
    {
        var key = await db.LockDkimKeyAsync(id, actor, ct);
        if (key is null) return Outcome.NotFound<Saved>();
        if (key.State is DkimKeyState.Active or DkimKeyState.Retiring) return Outcome.Refused<Saved>(new Problem("", "DkimInUse", key.Selector));

        db.DkimKeys.Remove(key);
        db.Audit(actor, "dkim.delete", key.Domain!.Name.Value, key.DomainId, before: new { key.Selector, key.Algorithm, key.State, key.PublicKey });
        return Outcome.Done(new Saved(key.Id, key.Selector));
    }
}
