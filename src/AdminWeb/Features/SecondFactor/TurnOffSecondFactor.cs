using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.Passkeys;
using AdminPanel.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>Turns the actor's second factor off, for whoever proves both: the password, and a factor. Of two kinds the app can go alone.</summary>
public sealed class TurnOffSecondFactor(AdminDb db, PasswordProof proof, FactorProof factors)
{
    public sealed record Input : ShownFactor
    {
        public string? CurrentPassword { get; init; }

        /// <summary>Only the app that shows codes goes; the passkeys and the recovery codes go on.</summary>
        public bool AppOnly { get; init; }
    }

    /// <returns>The account with its new stamp, for the cookie of this session; every other one ends.</returns>
    public async Task<Outcome<Account>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var known = await db.Accounts.AsNoTracking().Include(a => a.Mailbox).ThenInclude(m => m!.Entry).FirstOrDefaultAsync(a => a.Id == actor.AccountId, ct);
        if (known is null || !await db.HasSecondFactorAsync(known.Id, ct)) return Outcome.NotFound<Account>();
        if (string.IsNullOrEmpty(input.CurrentPassword)) return Outcome.Refused<Account>(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordEmpty"));
        if (await proof.CheckAsync(nameof(Input.CurrentPassword), known.SignInHash, input.CurrentPassword, actor, ct) is { } wrong) return Outcome.Refused<Account>(wrong);
        if ((await factors.CheckAsync(nameof(Input.Code), known, input, CeremonyPurpose.Proof, actor, ct)).Wrong is { } wrongCode) return Outcome.Refused<Account>(wrongCode);

        return await db.InTransactionAsync(
            async token =>
            {
                var account = await db.Accounts.Include(a => a.Mailbox).ThenInclude(m => m!.Entry).FirstOrDefaultAsync(a => a.Id == known.Id, token);
                if (account is null) return Outcome.NotFound<Account>();

                // Without a passkey the app is all there is.
                var appOnly = input.AppOnly && await db.Passkeys.AnyAsync(p => p.AccountId == account.Id, token);
                var removed = appOnly ? await db.Authenticators.Where(a => a.AccountId == account.Id).ExecuteDeleteAsync(token) > 0 : await db.RemoveSecondFactorAsync(account, token);
                if (!removed) return Outcome.NotFound<Account>();

                account.SecurityStamp = AdminChoices.NewStamp();
                db.Audit(actor, appOnly ? "account.remove-authenticator" : "account.turn-off-second-factor", account.Name, account.Mailbox?.Entry!.DomainId);
                return Outcome.Done(account);
            },
            duplicate: null,
            ct);
    }
}
