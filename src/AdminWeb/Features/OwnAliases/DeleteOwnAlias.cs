using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.OwnAliases;

/// <summary>
/// Deletes an address of the actor's own for good. It does not go into the recycle bin, which an owner could fill by
/// making and deleting: no other name ends like this one, so nobody else gets its mail.
/// </summary>
public sealed class DeleteOwnAlias(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }
    }

    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            if (await db.LockOwnAliasAsync(input.Id, actor, token) is not { Entry: { } entry } alias) return Outcome.NotFound<Saved>();

            db.Audit(actor, "alias.delete", entry.Address, entry.DomainId, before: AliasState.Of(alias), after: new { ForGood = true });
            db.Addresses.Remove(entry);
            await db.ChargeAsync(entry.DomainId, new DomainCharge(Aliases: -1), token);
            return Outcome.Done(new Saved(alias.Id, entry.Address));
        },
        duplicate: null,
        ct);
}
