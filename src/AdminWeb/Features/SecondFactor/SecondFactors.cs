using AdminPanel.Data;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>Who has a second factor, and what every change of one does, whoever makes it. Changes are made in a transaction.</summary>
internal static class SecondFactors
{
    /// <summary>The accounts that have one, of whatever kind: an app that shows codes, or a passkey.</summary>
    public static IQueryable<Account> WithSecondFactor(this AdminDb db) =>
        db.Accounts.Where(a => db.Authenticators.Any(f => f.AccountId == a.Id) || db.Passkeys.Any(p => p.AccountId == a.Id));

    /// <summary>Whether the password alone does not sign in.</summary>
    public static Task<bool> HasSecondFactorAsync(this AdminDb db, long accountId, CancellationToken ct) => db.WithSecondFactor().AnyAsync(a => a.Id == accountId, ct);

    /// <summary>Ten new codes for an account that has none.</summary>
    public static IReadOnlyList<string> GiveRecoveryCodes(this AdminDb db, long accountId)
    {
        var codes = RecoveryCodes.New();
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { AccountId = accountId, Digest = RecoveryCodes.Digest(code) }));
        return codes;
    }

    /// <summary>Takes the second factor away, app, passkeys and codes; mail programs may use the mailbox's own password again.</summary>
    /// <param name="account">With its mailbox, where it has one.</param>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> RemoveSecondFactorAsync(this AdminDb db, Account account, CancellationToken ct)
    {
        if (account.Mailbox is { } mailbox) mailbox.AppPasswordsOnly = false;
        await db.RecoveryCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(ct);
        var authenticators = await db.Authenticators.Where(a => a.AccountId == account.Id).ExecuteDeleteAsync(ct);
        return authenticators + await db.Passkeys.Where(p => p.AccountId == account.Id).ExecuteDeleteAsync(ct) > 0;
    }
}
