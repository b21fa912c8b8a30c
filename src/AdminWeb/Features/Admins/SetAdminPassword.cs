using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Admins;

/// <summary>Gives an admin another password, typed or made by the panel, and ends the admin's sessions. Superadmins only.</summary>
public sealed class SetAdminPassword(AdminDb db, PasswordHasher hasher, BreachService breaches)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>True: the panel makes the password and answers it once. False: <see cref="Password"/>.</summary>
        public bool GeneratesPassword { get; init; }

        public string? Password { get; init; }
    }

    public async Task<Outcome<SavedWithPassword>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var login = await db.Accounts.VisibleTo(actor).Where(a => a.Id == input.Id).Select(a => a.Login).FirstOrDefaultAsync(ct);
        if (login is null) return Outcome.NotFound<SavedWithPassword>();
        if (!input.GeneratesPassword && PasswordRules.Check(input.Password, nameof(Input.Password), login) is { } problem)
            return Outcome.Refused<SavedWithPassword>(problem);
        if (!input.GeneratesPassword && await breaches.CheckAsync(input.Password!, nameof(Input.Password), ct) is { } known) return Outcome.Refused<SavedWithPassword>(known);

        var password = input.GeneratesPassword ? PasswordGenerator.Generate() : input.Password!;
        var hash = await hasher.HashAsync(password, ct);
        return await db.InTransactionAsync(
            async token =>
            {
                var account = await db.Accounts.VisibleTo(actor).FirstOrDefaultAsync(a => a.Id == input.Id, token);
                if (account is null) return Outcome.NotFound<SavedWithPassword>();

                account.PasswordHash = hash;
                account.SecurityStamp = AdminChoices.NewStamp();
                db.Audit(actor, "admin.set-password", login);
                return Outcome.Done(new SavedWithPassword(account.Id, login, input.GeneratesPassword ? password : null));
            },
            duplicate: null,
            ct);
    }
}
