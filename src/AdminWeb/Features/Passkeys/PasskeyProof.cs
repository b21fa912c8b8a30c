using System.Data.Common;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>An answer that holds, and is not used yet.</summary>
/// <param name="Account">Whose passkey it is, as <see cref="UserManager{TUser}"/> finds it.</param>
public sealed record PasskeyAnswer(Account Account, UserPasskeyInfo Passkey, Ceremony Ceremony);

/// <summary>
/// Checks what a passkey answers (WebAuthn section 7.2): to this question, for this panel's name and origin, signed by a
/// key that is kept for the account, by somebody whom the device knows, and by none that was copied.
/// </summary>
public sealed class PasskeyProof(AdminDb db, IPasskeyHandler<Account> handler, UserManager<Account> users, CeremonySeal seal)
{
    /// <summary>Characters of an answer: no authenticator writes so much.</summary>
    internal const int MostAnswered = 65_536;

    /// <param name="account">Who was asked; null where anybody's passkey may answer.</param>
    /// <param name="credential">The browser's JSON.</param>
    /// <param name="ceremony">What was asked, sealed.</param>
    /// <returns>Null: it is refused.</returns>
    public async Task<PasskeyAnswer?> VerifyAsync(CeremonyPurpose purpose, Account? account, string? credential, string? ceremony)
    {
        var stamp = account is null ? null : await users.GetSecurityStampAsync(account);
        if (credential is not { Length: > 0 and <= MostAnswered } || seal.Open(ceremony, purpose, account?.Id, stamp) is not { } asked) return null;

        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { CredentialJson = credential, AssertionState = asked.State, HttpContext = PasskeyQuestions.NoRequest });
        // The handler takes every fault for a wrong answer; a database that is down is none.
        if (result.Failure?.InnerException is DbException outage) throw outage;
        return result.Succeeded ? new PasskeyAnswer(result.User, result.Passkey, asked) : null;
    }

    /// <summary>
    /// Uses an answer up. Of two that send the same one at once the database lets one in; an older question than the one
    /// that was answered last, and a counter that has not moved, let nobody in.
    /// </summary>
    /// <returns>What the owner calls the passkey; null where it is refused, or was removed meanwhile.</returns>
    public async Task<string?> UseAsync(PasskeyAnswer answer, CancellationToken ct)
    {
        var (digest, accountId, count, isBackedUp, at, now) = (Passkey.DigestOf(answer.Passkey.CredentialId), answer.Account.Id, (long)answer.Passkey.SignCount, answer.Passkey.IsBackedUp, answer.Ceremony.At, db.UtcNow);
        var used = await db.Passkeys.Where(p => p.AccountId == accountId && p.CredentialDigest == digest && p.LastChallengeAt < at && (p.SignCount < count || (p.SignCount == 0 && count == 0)))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.SignCount, count).SetProperty(p => p.IsBackedUp, isBackedUp).SetProperty(p => p.LastChallengeAt, at).SetProperty(p => p.LastUsedAt, now), ct);
        return used == 1 ? answer.Passkey.Name : null;
    }

    /// <summary>Both at once, for somebody who is known.</summary>
    public async Task<string?> UseAsync(CeremonyPurpose purpose, Account account, string? credential, string? ceremony, CancellationToken ct) =>
        await VerifyAsync(purpose, account, credential, ceremony) is { } answer ? await UseAsync(answer, ct) : null;
}
