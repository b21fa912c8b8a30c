using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.AppPasswords;
using AdminPanel.Web.Features.SignIn;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>What is shown once, when a second factor was turned on.</summary>
/// <param name="Account">With its new stamp, for the cookie of this session; every other one ends.</param>
/// <param name="AppPassword">The first one of a mailbox owner who had none; null otherwise.</param>
public sealed record TurnedOn(Account Account, IReadOnlyList<string> RecoveryCodes, string? AppPassword);

/// <summary>
/// Turns the actor's second factor on, for whoever knows the password and shows a code of the app that has the secret. A
/// mailbox owner's mail programs need app passwords from then on, since they cannot ask for a code; the first one is made
/// here where there is none.
/// </summary>
public sealed class TurnOnAuthenticator(AdminDb db, SecretSeal seal, PasswordProof proof)
{
    public sealed record Input
    {
        /// <summary>The secret that the page showed, sealed for the account.</summary>
        public string? Secret { get; init; }

        /// <summary>Of the app that has it.</summary>
        public string? Code { get; init; }

        public string? CurrentPassword { get; init; }

        /// <summary>Of the app password that is made; in the language of whoever reads it.</summary>
        public string? AppPasswordName { get; init; }
    }

    public async Task<Outcome<TurnedOn>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var known = await AccountAsync(db.Accounts.AsNoTracking(), actor, ct);
        if (known is null || known.Mailbox?.Entry!.Domain!.OwnerRights.HasFlag(OwnerRights.SecondFactor) == false) return Outcome.NotFound<TurnedOn>();

        List<Problem> problems = [];
        var (secret, code) = (seal.Open(known.Id, input.Secret), RecoveryCodes.Plain(input.Code));
        if (code.Length == 0) problems.Add(new Problem(nameof(Input.Code), "CodeEmpty"));
        if (string.IsNullOrEmpty(input.CurrentPassword)) problems.Add(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordEmpty"));
        if (problems.Count > 0) return Outcome.Refused<TurnedOn>(problems);
        if (await proof.CheckAsync(nameof(Input.CurrentPassword), known.SignInHash, input.CurrentPassword!, actor, ct) is { } wrong) return Outcome.Refused<TurnedOn>(wrong);
        if (secret is null || Totp.Find(secret, code, db.UtcNow) is not { } step) return Outcome.Refused<TurnedOn>(new Problem(nameof(Input.Code), "FirstCodeWrong"));

        return await db.InTransactionAsync(token => SaveAsync(known, secret, step, input, actor, token), duplicate: new Problem("", "SecondFactorOn"), ct);
    }

    private async Task<Outcome<TurnedOn>> SaveAsync(Account known, byte[] secret, long step, Input input, Actor actor, CancellationToken ct)
    {
        if (known.Mailbox is { Entry: { } entry } && !await db.LockDomainAsync(entry.DomainId, ct)) return Outcome.NotFound<TurnedOn>();
        var account = await AccountAsync(db.Accounts, actor, ct);
        if (account is null) return Outcome.NotFound<TurnedOn>();
        if (account.SignInHash != known.SignInHash) return Outcome.Refused<TurnedOn>(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordWrong"));
        if (await db.Authenticators.AnyAsync(a => a.AccountId == account.Id, ct)) return Outcome.Refused<TurnedOn>(new Problem("", "SecondFactorOn"));

        db.Authenticators.Add(new Authenticator { AccountId = account.Id, SealedSecret = seal.Close(account.Id, secret), LastStep = step, CreatedAt = db.UtcNow });
        var codes = db.GiveRecoveryCodes(account.Id);
        account.SecurityStamp = AdminChoices.NewStamp();
        var appPassword = account.Mailbox is { } mailbox ? await ForMailProgramsAsync(mailbox, input.AppPasswordName, actor, ct) : null;
        db.Audit(actor, "account.turn-on-second-factor", account.Name, account.Mailbox?.Entry!.DomainId, after: new { MadeAppPassword = appPassword is not null });
        return Outcome.Done(new TurnedOn(account, codes, appPassword));
    }

    // They are let in with app passwords alone from now on; what has a session with the mailbox's password loses it.
    private async Task<string?> ForMailProgramsAsync(Mailbox mailbox, string? name, Actor actor, CancellationToken ct)
    {
        mailbox.AppPasswordsOnly = true;
        if (await db.AppPasswords.AnyAsync(p => p.MailboxId == mailbox.Id, ct)) return null;

        var password = PasswordGenerator.Generate();
        db.AppPasswords.Add(new AppPassword
        {
            MailboxId = mailbox.Id, Name = string.IsNullOrWhiteSpace(name) ? "1" : name.Trim(), Digest = AppPasswordDigest.Of(password), CreatedAt = db.UtcNow,
            AllowsImap = true, AllowsPop3 = true, AllowsSmtp = true, AllowsSieve = true,
        });
        return password;
    }

    private static Task<Account?> AccountAsync(IQueryable<Account> accounts, Actor actor, CancellationToken ct) =>
        accounts.Include(a => a.Mailbox!.Entry!.Domain).FirstOrDefaultAsync(a => a.Id == actor.AccountId, ct);
}
