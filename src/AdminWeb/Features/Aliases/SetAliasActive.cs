using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>Starts or stops an alias or a catch-all. The address of an inactive alias stays owned: mail to it is refused.</summary>
public sealed class SetAliasActive(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        public bool IsActive { get; init; }
    }

    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) =>
        db.InTransactionAsync(
            async token =>
            {
                var alias = await db.LockAliasAsync(input.Id, actor, token);
                if (alias is null) return Outcome.NotFound<Saved>();
                if (alias.ProtectionFrom(actor) is { } protection) return Outcome.Refused<Saved>(protection);

                db.SetActive("alias", alias.Entry!, alias, input.IsActive, actor);
                return Outcome.Done(new Saved(alias.Id, alias.Entry!.Address));
            },
            duplicate: null,
            ct);
}
