using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Passkeys;
using AdminPanel.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>What somebody shows as the second factor: a code that was typed, or what a passkey answered.</summary>
public record ShownFactor
{
    /// <summary>Of the authenticator app, or a recovery code.</summary>
    public string? Code { get; init; }

    /// <summary>What the browser made of the passkey's answer, as JSON; it counts before a code.</summary>
    public string? Passkey { get; init; }

    /// <summary>What was asked of the passkey, sealed, as this browser keeps it.</summary>
    public string? Ceremony { get; init; }
}

/// <param name="Wrong">Null: it was right, and is used up.</param>
/// <param name="Used">What was shown, in words for the audit; null where it was wrong.</param>
public sealed record FactorCheck(Problem? Wrong, string? Used);

/// <summary>
/// Checks a code of the authenticator, a recovery code or a passkey, and uses it up. Guesses at an account's factors count
/// together, wherever they come from: whoever makes them knows the password.
/// </summary>
public sealed class FactorProof(AdminDb db, SecretSeal seal, PasskeyProof passkeys, GuessBudget budget, RefusalFloor floor)
{
    private const string Device = "code";

    /// <param name="field">Where the code was typed.</param>
    /// <param name="account">With its mailbox, where it has one.</param>
    /// <param name="purpose">What a passkey was asked for.</param>
    /// <param name="actor">With the name of the account.</param>
    public async Task<FactorCheck> CheckAsync(string field, Account account, ShownFactor shown, CeremonyPurpose purpose, Actor actor, CancellationToken ct)
    {
        var (code, isPasskey) = (RecoveryCodes.Plain(shown.Code), !string.IsNullOrEmpty(shown.Passkey));
        if (code.Length == 0 && !isPasskey) return new FactorCheck(new Problem(field, "CodeEmpty"), null);

        var started = floor.Start();
        if (await budget.TakeAsync(actor.Login, actor.Source, Device, ct) is { } again)
        {
            await floor.WaitAsync(started, ct);
            return new FactorCheck(TooOften.Problem(again, db.UtcNow), null);
        }
        var used = isPasskey ? await passkeys.UseAsync(purpose, account, shown.Passkey, shown.Ceremony, ct) is { } name ? $"passkey {name}" : null
            : code.Length == Totp.Digits ? await UseAsync(account.Id, code, ct) ? "authenticator" : null
            : await UseRecoveryCodeAsync(account.Id, code, ct) ? "recovery code" : null;
        if (used is null)
        {
            await floor.WaitAsync(started, ct);
            return new FactorCheck(isPasskey ? new Problem("", "PasskeyRefused") : new Problem(field, "CodeWrong"), null);
        }
        await budget.GiveBackAsync(actor.Login, actor.Source, Device, ct);
        return new FactorCheck(null, used);
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
