using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>
/// Changes an admin's own password, for whoever knows the old one: an open browser alone is not enough. Every other
/// session of the account ends. Wrong guesses count as at sign-in.
/// </summary>
public sealed class ChangeOwnPassword(AdminDb db, PasswordHasher hasher, BreachService breaches, PasswordProof proof, ILogger<ChangeOwnPassword> logger)
{
    public sealed record Input
    {
        public string? CurrentPassword { get; init; }

        public string? NewPassword { get; init; }
    }

    /// <returns>The account with its new stamp, for the cookie of this session.</returns>
    public async Task<Outcome<Account>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        List<Problem> problems = [];
        if (string.IsNullOrEmpty(input.CurrentPassword)) problems.Add(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordEmpty"));
        if (PasswordRules.Check(input.NewPassword, nameof(Input.NewPassword), actor.Login) is { } problem) problems.Add(problem);
        if (problems.Count > 0) return Outcome.Refused<Account>(problems);

        var account = await db.Accounts.AsNoTracking().FirstOrDefaultAsync(a => a.Id == actor.AccountId && a.MailboxId == null, ct);
        if (account is null) return Outcome.NotFound<Account>();

        if (await proof.CheckAsync(nameof(Input.CurrentPassword), account.PasswordHash!, input.CurrentPassword!, actor, ct) is { } wrong) return Outcome.Refused<Account>(wrong);
        if (await breaches.CheckAsync(input.NewPassword!, nameof(Input.NewPassword), ct) is { } known) return Outcome.Refused<Account>(known);

        return await SaveAsync(account, await hasher.HashAsync(input.NewPassword!, ct), actor, ct);
    }

    private Task<Outcome<Account>> SaveAsync(Account known, string hash, Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == known.Id, token);
            if (account is null) return Outcome.NotFound<Account>();
            // Somebody else, a superadmin perhaps, changed it since the old one was checked: that change stands.
            if (account.PasswordHash != known.PasswordHash)
                return Outcome.Refused<Account>(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordWrong"));

            account.PasswordHash = hash;
            account.SecurityStamp = AdminChoices.NewStamp();
            db.Audit(actor, "account.password", account.Name);
            logger.PasswordChanged(account.Id);
            return Outcome.Done(account);
        },
        duplicate: null,
        ct);
}
