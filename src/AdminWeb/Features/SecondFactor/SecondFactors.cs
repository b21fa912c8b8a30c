using AdminPanel.Data;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>What every change of a second factor does, whoever makes it. In a transaction.</summary>
internal static class SecondFactors
{
    /// <summary>Ten new codes for an account that has none.</summary>
    public static IReadOnlyList<string> GiveRecoveryCodes(this AdminDb db, long accountId)
    {
        var codes = RecoveryCodes.New();
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { AccountId = accountId, Digest = RecoveryCodes.Digest(code) }));
        return codes;
    }

    /// <summary>Takes the second factor away with its codes; mail programs may use the mailbox's own password again.</summary>
    /// <param name="account">With its mailbox, where it has one.</param>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> RemoveSecondFactorAsync(this AdminDb db, Account account, CancellationToken ct)
    {
        if (account.Mailbox is { } mailbox) mailbox.AppPasswordsOnly = false;
        await db.RecoveryCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(ct);
        return await db.Authenticators.Where(a => a.AccountId == account.Id).ExecuteDeleteAsync(ct) > 0;
    }
}
