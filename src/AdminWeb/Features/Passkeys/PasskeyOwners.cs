using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
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

    private static IQueryable<Account> Of(IQueryable<Account> accounts, Actor actor) => accounts.Include(a => a.Mailbox!.Entry!.Domain).Where(a => a.Id == actor.AccountId);
}
