using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.Passkeys;
using AdminPanel.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>
/// Adds an app that shows codes to the actor's second factor, for whoever knows the password and shows a code of the app
/// that has the secret; beside a passkey a factor that is there is shown, too. The first factor turns the second factor on.
/// </summary>
public sealed class TurnOnAuthenticator(AdminDb db, SecretSeal seal, PasswordProof proof, FactorProof factors)
{
    public sealed record Input : ShownFactor
    {
        /// <summary>The secret that the page showed, sealed for the account.</summary>
        public string? Secret { get; init; }

        /// <summary>Of the app that has it; <see cref="ShownFactor"/> is a factor that was there before.</summary>
        public string? FirstCode { get; init; }

        public string? CurrentPassword { get; init; }

        /// <summary>Of the app password that is made; in the language of whoever reads it.</summary>
        public string? AppPasswordName { get; init; }
    }

    public async Task<Outcome<TurnedOn>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var known = await AccountAsync(db.Accounts.AsNoTracking(), actor, ct);
        if (known is null || known.Mailbox?.Entry!.Domain!.OwnerRights.HasFlag(OwnerRights.SecondFactor) == false) return Outcome.NotFound<TurnedOn>();

        List<Problem> problems = [];
        var (secret, code) = (seal.Open(known.Id, input.Secret), RecoveryCodes.Plain(input.FirstCode));
        if (code.Length == 0) problems.Add(new Problem(nameof(Input.FirstCode), "CodeEmpty"));
        if (string.IsNullOrEmpty(input.CurrentPassword)) problems.Add(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordEmpty"));
        if (problems.Count > 0) return Outcome.Refused<TurnedOn>(problems);
        if (await proof.CheckAsync(nameof(Input.CurrentPassword), known.SignInHash, input.CurrentPassword!, actor, ct) is { } wrong) return Outcome.Refused<TurnedOn>(wrong);
        if (secret is null || Totp.Find(secret, code, db.UtcNow) is not { } step) return Outcome.Refused<TurnedOn>(new Problem(nameof(Input.FirstCode), "FirstCodeWrong"));
        if (await db.HasSecondFactorAsync(known.Id, ct) && (await factors.CheckAsync(nameof(Input.Code), known, input, CeremonyPurpose.Proof, actor, ct)).Wrong is { } missing) return Outcome.Refused<TurnedOn>(missing);

        return await db.InTransactionAsync(token => SaveAsync(known, secret, step, input, actor, token), duplicate: new Problem("", "SecondFactorOn"), ct);
    }

    private async Task<Outcome<TurnedOn>> SaveAsync(Account known, byte[] secret, long step, Input input, Actor actor, CancellationToken ct)
    {
        if (known.Mailbox is { Entry: { } entry } && !await db.LockDomainAsync(entry.DomainId, ct)) return Outcome.NotFound<TurnedOn>();
        var account = await AccountAsync(db.Accounts, actor, ct);
        if (account is null) return Outcome.NotFound<TurnedOn>();
        if (account.SignInHash != known.SignInHash) return Outcome.Refused<TurnedOn>(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordWrong"));
        if (await db.Authenticators.AnyAsync(a => a.AccountId == account.Id, ct)) return Outcome.Refused<TurnedOn>(new Problem("", "SecondFactorOn"));

        var first = await db.TurnOnSecondFactorAsync(account, input.AppPasswordName, ct);
        db.Authenticators.Add(new Authenticator { AccountId = account.Id, SealedSecret = seal.Close(account.Id, secret), LastStep = step, CreatedAt = db.UtcNow });
        account.SecurityStamp = AdminChoices.NewStamp();
        db.Audit(actor, "account.turn-on-second-factor", account.Name, account.Mailbox?.Entry!.DomainId, after: new { MadeAppPassword = first.AppPassword is not null });
        return Outcome.Done(first);
    }

    private static Task<Account?> AccountAsync(IQueryable<Account> accounts, Actor actor, CancellationToken ct) =>
        accounts.Include(a => a.Mailbox!.Entry!.Domain).FirstOrDefaultAsync(a => a.Id == actor.AccountId, ct);
}
