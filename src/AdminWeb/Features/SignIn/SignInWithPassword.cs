using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>Checks a login and its password. The page makes the cookie of the account it answers.</summary>
public sealed class SignInWithPassword(
    AdminDb db, UserManager<Account> users, PasswordHasher hasher, DecoyHash decoy, GuessBudget budget, RefusalFloor floor, ILogger<SignInWithPassword> logger)
{
    public sealed record Input
    {
        public string? Login { get; init; }

        public string? Password { get; init; }
    }

    /// <param name="visitor">Whoever asks: the source that is counted, the request that is audited.</param>
    public async Task<Outcome<Account>> RunAsync(Input input, Actor visitor, CancellationToken ct)
    {
        List<Problem> missing = [];
        if (string.IsNullOrWhiteSpace(input.Login)) missing.Add(new Problem(nameof(Input.Login), "LoginEmpty"));
        if (string.IsNullOrEmpty(input.Password)) missing.Add(new Problem(nameof(Input.Password), "PasswordEmpty"));
        if (missing.Count > 0) return Outcome.Refused<Account>(missing);

        var started = floor.Start();
        var login = users.NormalizeName(input.Login)!;
        if (await budget.TakeAsync(login, visitor.Source, ct) is { } again)
        {
            logger.BudgetSpent(visitor.Source);
            return await RefuseAsync(started, TooOften.Problem(again, db.UtcNow), ct);
        }
        var account = await users.FindByNameAsync(login);
        var check = hasher.Verify(account?.PasswordHash ?? decoy.Value, input.Password!);
        if (account is not { IsActive: true } || !check.Matches)
        {
            await NoteFailureAsync(account, visitor, ct);
            return await RefuseAsync(started, new Problem("", "SignInRefused"), ct);
        }
        await budget.GiveBackAsync(login, visitor.Source, ct);
        var better = check.NeedsRehash ? hasher.Hash(input.Password!) : null;
        return await NoteSuccessAsync(account, better, visitor, ct);
    }

    private async Task<Outcome<Account>> RefuseAsync(long started, Problem problem, CancellationToken ct)
    {
        await floor.WaitAsync(started, ct);
        return Outcome.Refused<Account>(problem);
    }

    // A login that nobody has is not kept: it may be a password that was typed into the wrong field.
    private Task<Outcome<bool>> NoteFailureAsync(Account? account, Actor visitor, CancellationToken ct)
    {
        logger.SignInRefused(account?.Id, visitor.Source);
        return db.InTransactionAsync(
            _ =>
            {
                db.Audit(visitor, "account.sign-in-refused", account?.Login ?? "");
                return Task.FromResult(Outcome.Done(true));
            },
            duplicate: null,
            ct);
    }

    private Task<Outcome<Account>> NoteSuccessAsync(Account account, string? betterHash, Actor visitor, CancellationToken ct)
    {
        logger.SignedIn(account.Id, visitor.Source);
        return db.InTransactionAsync(
            async token =>
            {
                var now = db.UtcNow;
                await db.Accounts.Where(a => a.Id == account.Id).ExecuteUpdateAsync(
                    set => set.SetProperty(a => a.LastSignInAt, now).SetProperty(a => a.Version, a => a.Version + 1), token);
                // Only if it is still the hash that was checked: a password change in between must stand.
                if (betterHash is not null)
                {
                    await db.Accounts.Where(a => a.Id == account.Id && a.PasswordHash == account.PasswordHash)
                        .ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, betterHash), token);
                }
                db.Audit(visitor with { AccountId = account.Id, Login = account.Login }, "account.sign-in", account.Login);
                return Outcome.Done(account);
            },
            duplicate: null,
            ct);
    }
}
