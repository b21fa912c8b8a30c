using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>
/// Checks a code of the authenticator, or a recovery code, and uses it up. Guesses at an account's codes count together,
/// wherever they come from: whoever makes them knows the password.
/// </summary>
public sealed class CodeProof(AdminDb db, SecretSeal seal, GuessBudget budget, RefusalFloor floor)
{
    private const string Device = "code";

    /// <param name="field">Where the code was typed.</param>
    /// <param name="actor">With the name of the account.</param>
    /// <returns>Null: it was right, and is used up.</returns>
    public async Task<Problem?> CheckAsync(string field, long accountId, string? given, Actor actor, CancellationToken ct)
    {
        var code = RecoveryCodes.Plain(given);
        if (code.Length == 0) return new Problem(field, "CodeEmpty");

        var started = floor.Start();
        if (await budget.TakeAsync(actor.Login, actor.Source, Device, ct) is { } again)
        {
            await floor.WaitAsync(started, ct);
            return TooOften.Problem(again, db.UtcNow);
        }
        if (!await (code.Length == Totp.Digits ? UseAsync(accountId, code, ct) : UseRecoveryCodeAsync(accountId, code, ct)))
        {
            await floor.WaitAsync(started, ct);
            return new Problem(field, "CodeWrong");
        }
        await budget.GiveBackAsync(actor.Login, actor.Source, Device, ct);
        return null;
    }

    // Of two that send the same code at once the database lets one in.
    private async Task<bool> UseAsync(long accountId, string code, CancellationToken ct)
    {
        var stored = await db.Authenticators.Where(a => a.AccountId == accountId).Select(a => a.SealedSecret).FirstOrDefaultAsync(ct);
        if (seal.Open(accountId, stored) is not { } secret || Totp.Find(secret, code, db.UtcNow) is not { } step) return false;

        return await db.Authenticators.Where(a => a.AccountId == accountId && a.LastStep < step).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastStep, step), ct) == 1;
    }

    private async Task<bool> UseRecoveryCodeAsync(long accountId, string code, CancellationToken ct)
    {
        var digest = RecoveryCodes.Digest(code);
        return await db.RecoveryCodes.Where(c => c.AccountId == accountId && c.Digest == digest).ExecuteDeleteAsync(ct) == 1;
    }
}
