using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>Turns a setup link into the first superadmin, once: deleting the token's row is what decides between two at once.</summary>
public sealed class CompleteSetup(AdminDb db, PasswordHasher hasher, BreachService breaches, ILogger<CompleteSetup> logger)
{
    public sealed record Input
    {
        public string? Token { get; init; }

        public string? Login { get; init; }

        public string? Password { get; init; }
    }

    public async Task<Outcome<Account>> RunAsync(Input input, Actor visitor, CancellationToken ct)
    {
        var reading = new Reading();
        var login = reading.Login(nameof(Input.Login), input.Login);
        reading.Add(PasswordRules.Check(input.Password, nameof(Input.Password), login));
        if (reading.HasProblems) return Outcome.Refused<Account>(reading.Problems);

        // Before a hash is made for anybody who comes by.
        if (await db.SetupStateAsync(input.Token, ct) != SetupState.Open) return Outcome.Refused<Account>(Gone());
        if (await breaches.CheckAsync(input.Password!, nameof(Input.Password), ct) is { } known) return Outcome.Refused<Account>(known);

        var hash = await hasher.HashAsync(input.Password!, ct);
        return await db.InTransactionAsync(
            token => CreateAsync(input.Token, login!, hash, visitor, token),
            new Problem(nameof(Input.Login), "LoginTaken", login!),
            ct);
    }

    private async Task<Outcome<Account>> CreateAsync(string? setupToken, string login, string hash, Actor visitor, CancellationToken ct)
    {
        var digest = SetupLink.Digest(setupToken);
        var now = db.UtcNow;
        if (await db.SetupTokens.Where(t => t.Digest == digest && t.ExpiresAt > now).ExecuteDeleteAsync(ct) != 1
            || await db.HasSuperadminAsync(ct))
            return Outcome.Refused<Account>(Gone());

        var account = new Account
        {
            Login = login,
            Kind = AccountKind.Superadmin,
            PasswordHash = hash,
            SecurityStamp = AdminChoices.NewStamp(),
            LastSignInAt = now,
        };
        db.Accounts.Add(account);
        await db.SaveChangesAsync(ct);
        db.Audit(visitor with { AccountId = account.Id, Login = login }, "setup.complete", login, after: new { account.Kind });
        logger.SetUp(account.Id, visitor.Source);
        return Outcome.Done(account);
    }

    private static Problem Gone() => new("", "SetupLinkGone");
}
