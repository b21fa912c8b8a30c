using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>
/// Ends a key: one that signs ceases to with the next apply, and its record must stay; one that has ceased long enough is
/// retired, and its record may go.
/// </summary>
public sealed class RetireDkimKey(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }
    }

    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) =>
        db.InTransactionAsync(token => RetireAsync(input.Id, actor, token), duplicate: null, ct);

    private async Task<Outcome<Saved>> RetireAsync(long id, Actor actor, CancellationToken ct)
    {
        var key = await db.LockDkimKeyAsync(id, actor, ct);
        if (key is null) return Outcome.NotFound<Saved>();

        var before = key.State;
        switch (key)
        {
            case { State: DkimKeyState.Active }:
                (key.State, key.RetiringSince) = (DkimKeyState.Retiring, db.UtcNow);
                await db.RaiseSigningVersionAsync(ct);
                break;
            case { State: DkimKeyState.Retiring, RetiringSince: { } since } when since + DkimKey.Retirement > db.UtcNow:
                return Outcome.Refused<Saved>(new Problem("", "DkimRetiresTooEarly", key.Selector, (since + DkimKey.Retirement).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
            case { State: DkimKeyState.Retiring }:
                key.State = DkimKeyState.Retired;
                break;
            default:
                return Outcome.Refused<Saved>(new Problem("", "DkimNothingToRetire", key.Selector));
        }
        db.Audit(actor, "dkim.retire", key.Domain!.Name.Value, key.DomainId, new { key.Selector, State = before }, new { key.Selector, key.State });
        return Outcome.Done(new Saved(key.Id, key.Selector));
    }
}
