using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.SecondFactor;
using AdminPanel.Web.Features.MailSignIns;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>What a right login and password come to.</summary>
/// <param name="NeedsCode">The account has a second factor: it is not signed in before that was shown, too.</param>
public sealed record FirstStep(Account Account, bool NeedsCode);

/// <summary>
/// Checks a login and its password, an admin's or a mailbox's: one name may be both, and the password says which is
/// meant. The page makes the cookie of the account it answers, or asks for the second factor.
/// </summary>
public sealed class SignInWithPassword(
    AdminDb db, UserManager<Account> users, MailboxOwners owners, PasswordHasher hasher, DecoyHash decoy, GuessBudget budget, RefusalFloor floor, SignInRecorder records, ILogger<SignInWithPassword> logger)
{
    public sealed record Input
    {
        public string? Login { get; init; }

        public string? Password { get; init; }
    }

    /// <param name="visitor">Whoever asks: the source that is counted, the request that is audited.</param>
    /// <param name="devices">What the visitor's browser is known by, by login; null is by nothing.</param>
    public async Task<Outcome<FirstStep>> RunAsync(Input input, Actor visitor, CancellationToken ct, IReadOnlyDictionary<string, string>? devices = null)
    {
        List<Problem> missing = [];
        if (string.IsNullOrWhiteSpace(input.Login)) missing.Add(new Problem(nameof(Input.Login), "LoginEmpty"));
        if (string.IsNullOrEmpty(input.Password)) missing.Add(new Problem(nameof(Input.Password), "PasswordEmpty"));
        if (missing.Count > 0) return Outcome.Refused<FirstStep>(missing);

        var started = floor.Start();
        var login = users.NormalizeName(input.Login)!;
        var owner = await owners.FindAsync(login, ct);
        // One budget for all names of a mailbox, those in its alias domains too.
        login = owner?.Name ?? login;
        var device = devices?.GetValueOrDefault(login);
        if (await budget.TakeAsync(login, visitor.Source, device, ct) is { } again)
        {
            logger.BudgetSpent(visitor.Source);
            return await RefuseAsync(started, TooOften.Problem(again, db.UtcNow), ct);
        }
        var admin = await users.FindByNameAsync(login);
        if (await MatchAsync(admin, owner, input.Password!, visitor, ct) is not (var account, var check))
        {
            await NoteFailureAsync(admin ?? owner, visitor, ct);
            return await RefuseAsync(started, new Problem("", "SignInRefused"), ct);
        }
        await budget.GiveBackAsync(login, visitor.Source, device, ct);
        var better = check.NeedsRehash ? await hasher.HashAsync(input.Password!, ct) : null;
        return await NoteSuccessAsync(account, better, visitor, ct);
    }

    // Where nobody has the name, a hash is checked all the same: it costs what checking a real one costs.
    private async Task<(Account Account, PasswordCheck Check)?> MatchAsync(Account? admin, Account? owner, string password, Actor visitor, CancellationToken ct)
    {
        foreach (var account in new[] { admin, owner }.OfType<Account>())
        {
            if (await hasher.VerifyAsync(account.SignInHash, password, ct) is { Matches: true } check && MailboxOwners.MayEnter(account, db.UtcNow, visitor.Source)) return (account, check);
        }
        if (admin is null && owner is null) await hasher.VerifyAsync(decoy.Value, password, ct);
        return null;
    }

    private async Task<Outcome<FirstStep>> RefuseAsync(long started, Problem problem, CancellationToken ct)
    {
        await floor.WaitAsync(started, ct);
        return Outcome.Refused<FirstStep>(problem);
    }

    // A login that nobody has is not kept: it may be a password that was typed into the wrong field.
    private Task<Outcome<bool>> NoteFailureAsync(Account? account, Actor visitor, CancellationToken ct)
    {
        logger.SignInRefused(account?.Id, visitor.Source);
        records.AddPanel(account, visitor.Source, isAccepted: false);
        var domainId = account?.Mailbox?.Entry!.DomainId;
        return db.InTransactionAsync(
            _ =>
            {
                db.Audit(visitor, "account.sign-in-refused", account?.Name ?? "", domainId);
                return Task.FromResult(Outcome.Done(true));
            },
            duplicate: null,
            ct);
    }

    private Task<Outcome<FirstStep>> NoteSuccessAsync(Account account, string? betterHash, Actor visitor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            var needsCode = await db.HasSecondFactorAsync(account.Id, token);
            // Before a second factor, too: it is the same password, and only now is it here to be hashed.
            if (betterHash is not null) await RenewHashAsync(account, betterHash, token);
            var known = needsCode ? account : account.MailboxId is null ? await KeepAsync(account, token) : await owners.KeepAsync(account, token);
            if (!needsCode) logger.SignedIn(known.Id, visitor.Source);
            db.Audit(visitor with { AccountId = known.Id, Login = known.Name }, needsCode ? "account.password-accepted" : "account.sign-in", known.Name, known.Mailbox?.Entry!.DomainId);
            return Outcome.Done(new FirstStep(known, needsCode));
        },
        duplicate: null,
        ct);

    private async Task<Account> KeepAsync(Account account, CancellationToken ct)
    {
        var now = db.UtcNow;
        await db.Accounts.Where(a => a.Id == account.Id).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.LastSignInAt, now).SetProperty(a => a.Version, a => a.Version + 1), ct);
        return account;
    }

    // Only if it is still the hash that was checked: a password change in between must stand.
    private Task<int> RenewHashAsync(Account account, string betterHash, CancellationToken ct)
    {
        var known = account.SignInHash;
        return account.MailboxId is null
            ? db.Accounts.Where(a => a.Id == account.Id && a.PasswordHash == known)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, betterHash).SetProperty(a => a.Version, a => a.Version + 1), ct)
            : db.Mailboxes.Where(m => m.Id == account.MailboxId && m.PasswordHash == known)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.PasswordHash, betterHash).SetProperty(m => m.Version, m => m.Version + 1), ct);
    }
}
