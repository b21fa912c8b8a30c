using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Admins;

/// <summary>Adds a superadmin or a domain admin. Superadmins only.</summary>
public sealed class CreateAdmin(AdminDb db, PasswordHasher hasher, BreachService breaches)
{
    public sealed record Input : AdminForm
    {
        /// <summary>An address, or a plain name with the rules of a local part.</summary>
        public string? Login { get; init; }

        /// <summary>True: the panel makes the password and answers it once. False: <see cref="Password"/>.</summary>
        public bool GeneratesPassword { get; init; }

        public string? Password { get; init; }
    }

    public async Task<Outcome<SavedWithPassword>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<SavedWithPassword>();

        var reading = new Reading();
        var login = reading.Login(nameof(Input.Login), input.Login);
        if (login is not null && await db.Accounts.AnyAsync(a => a.Login == login, ct))
            reading.Add(new Problem(nameof(Input.Login), "LoginTaken", login));
        AdminChoices.CheckKind(input, reading);
        var domains = await AdminChoices.DomainsAsync(db, input, reading, ct);
        var domainLimit = AdminChoices.DomainLimit(input, reading);
        if (!input.GeneratesPassword) reading.Add(PasswordRules.Check(input.Password, nameof(Input.Password), login));
        if (reading.HasProblems) return Outcome.Refused<SavedWithPassword>(reading.Problems);
        if (!input.GeneratesPassword && await breaches.CheckAsync(input.Password!, nameof(Input.Password), ct) is { } known) return Outcome.Refused<SavedWithPassword>(known);

        var password = input.GeneratesPassword ? PasswordGenerator.Generate() : input.Password!;
        var hash = await hasher.HashAsync(password, ct);
        return await db.InTransactionAsync(
            async token =>
            {
                var account = new Account
                {
                    Login = login!, Kind = input.Kind, PasswordHash = hash, SecurityStamp = AdminChoices.NewStamp(), IsActive = input.IsActive, DomainLimit = domainLimit,
                };
                account.Domains.AddRange(domains.Select(d => new DomainAdmin { DomainId = d.Id, Permissions = d.Permissions ?? DomainPermissions.Usual }));
                db.Accounts.Add(account);
                db.Audit(actor, "admin.create", login!, after: new AdminState(
                    input.Kind, input.IsActive, domainLimit, [.. domains.Select(d => AdminState.Line(d.Name, d.Permissions ?? DomainPermissions.Usual))]));
                await db.SaveChangesAsync(token);
                return Outcome.Done(new SavedWithPassword(account.Id, login!, input.GeneratesPassword ? password : null));
            },
            new Problem(nameof(Input.Login), "LoginTakenJustNow", login!),
            ct);
    }
}
