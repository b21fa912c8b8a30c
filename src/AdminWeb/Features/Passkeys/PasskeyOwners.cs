using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.SecondFactor;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>What adding, removing and asking for passkeys share.</summary>
internal static class PasskeyOwners
{
    /// <summary>The actor's account, with mailbox, address and domain where it has one; not to be changed.</summary>
    public static Task<Account?> PasskeyOwnerAsync(this AdminDb db, Actor actor, CancellationToken ct) => Of(db.Accounts.AsNoTracking(), actor).FirstOrDefaultAsync(ct);

    /// <summary>The same, to be changed.</summary>
    public static Task<Account?> ChangedPasskeyOwnerAsync(this AdminDb db, Actor actor, CancellationToken ct) => Of(db.Accounts, actor).FirstOrDefaultAsync(ct);

    /// <summary>Whether the account may have a second factor: an owner's domain says so.</summary>
    public static bool MayHaveFactor(this Account account) => account.Mailbox?.Entry!.Domain!.OwnerRights.HasFlag(OwnerRights.SecondFactor) != false;

    /// <summary>What speaks against one more of this name.</summary>
    public static async Task<Problem?> PasskeyFaultAsync(this AdminDb db, long accountId, string name, CancellationToken ct)
    {
        var names = await db.Passkeys.Where(p => p.AccountId == accountId).Select(p => p.Name).ToListAsync(ct);
        return names.Contains(name, StringComparer.OrdinalIgnoreCase) ? new Problem(nameof(StartPasskey.Input.Name), "PasskeyNameTaken", name)
            : names.Count >= Passkey.Most ? new Problem("", "PasskeysTooMany", Passkey.Most)
            : null;
    }

    /// <summary>Removes one, in a transaction. With the last factor goes the second factor; every session ends.</summary>
    /// <param name="account">With its mailbox and address, where it has one; to be changed.</param>
    /// <returns>Null where the account has no such passkey.</returns>
    public static async Task<PasskeyRemoved?> RemovePasskeyAsync(this AdminDb db, Account account, long id, Actor actor, CancellationToken ct)
    {
        if (await db.Passkeys.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id && p.AccountId == account.Id, ct) is not { } passkey) return null;

        await db.Passkeys.Where(p => p.Id == passkey.Id).ExecuteDeleteAsync(ct);
        var turnedOff = !await db.HasSecondFactorAsync(account.Id, ct);
        if (turnedOff) await db.RemoveSecondFactorAsync(account, ct);
        account.SecurityStamp = AdminChoices.NewStamp();
        db.Audit(actor, "account.remove-passkey", account.Name, account.Mailbox?.Entry!.DomainId, before: new { passkey.Name, passkey.LastUsedAt }, after: new { TurnedOff = turnedOff });
        return new PasskeyRemoved(account, passkey.Name, turnedOff);
    }

    private static IQueryable<Account> Of(IQueryable<Account> accounts, Actor actor) => accounts.Include(a => a.Mailbox!.Entry!.Domain).Where(a => a.Id == actor.AccountId);
}
