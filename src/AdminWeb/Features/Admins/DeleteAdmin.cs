using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Admins;

/// <summary>Deletes an admin. Domains, mailboxes and audit entries stay. Superadmins only; the last active one stays.</summary>
public sealed class DeleteAdmin(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<Saved>();

        return await db.InTransactionAsync(
            async token =>
            {
                if (await AdminChoices.IsLastSuperadminAsync(db, input.Id, token)) return Outcome.Refused<Saved>(new Problem("", "LastSuperadmin"));

                var account = await db.Accounts.VisibleTo(actor).Include(a => a.Domains).ThenInclude(d => d.Domain).FirstOrDefaultAsync(a => a.Id == input.Id, token);
                if (account is null) return Outcome.NotFound<Saved>();

                db.Audit(actor, "admin.delete", account.Name, before: AdminState.Of(account));
                db.Accounts.Remove(account);
                return Outcome.Done(new Saved(account.Id, account.Name));
            },
            duplicate: null,
            ct);
    }
}
