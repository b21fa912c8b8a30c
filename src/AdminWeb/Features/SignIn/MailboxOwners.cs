using System.Net;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>
/// The accounts of mailbox owners. One is kept from its first sign-in on; name, password and state are the mailbox's, so
/// that whatever stops the mail programs stops the panel, too, at the next request.
/// </summary>
public sealed class MailboxOwners(AdminDb db)
{
    // Every request of an owner asks this, so it is translated once.
    private static readonly Func<AdminDb, long, CancellationToken, Task<Account?>> ById = EF.CompileAsyncQuery(
        (AdminDb db, long id, CancellationToken _) => db.Accounts.AsNoTracking().Include(a => a.Mailbox).ThenInclude(m => m!.Entry).ThenInclude(e => e!.Domain)
            .FirstOrDefault(a => a.Id == id && a.MailboxId != null));

    /// <summary>With mailbox, address and domain; null where there is no such owner.</summary>
    public Task<Account?> FindAsync(long accountId, CancellationToken ct) => ById(db, accountId, ct);

    /// <summary>
    /// Whoever Dovecot would take by this name: the owner of the mailbox with this address, or in an alias domain of the
    /// one that the name stands for there. Not kept yet, with the id 0, before the first sign-in.
    /// </summary>
    public async Task<Account?> FindAsync(string login, CancellationToken ct)
    {
        if (!EmailAddress.TryParse(login, out var address)) return null;

        var target = await db.Domains.Where(d => d.Name == address.Domain && d.Kind == DomainKind.Alias && d.IsActive).Select(d => (DomainName?)d.Target!.Name).FirstOrDefaultAsync(ct);
        var value = new EmailAddress(address.LocalPart, target ?? address.Domain).Value;
        var mailbox = await db.Mailboxes.AsNoTracking().Include(m => m.Entry).ThenInclude(e => e!.Domain).FirstOrDefaultAsync(m => m.Entry!.Address == value, ct);
        if (mailbox is null) return null;

        var account = await db.Accounts.AsNoTracking().FirstOrDefaultAsync(a => a.MailboxId == mailbox.Id, ct) ?? new Account { Kind = AccountKind.MailboxOwner, MailboxId = mailbox.Id, SecurityStamp = "" };
        account.Mailbox = mailbox;
        return account;
    }

    /// <summary>Keeps the account, if it is not, and that it signed in now.</summary>
    /// <param name="owner">As it was found by its name.</param>
    /// <returns>As it is stored.</returns>
    internal async Task<Account> KeepAsync(Account owner, CancellationToken ct)
    {
        var (now, stamp) = (db.UtcNow, AdminChoices.NewStamp());
        // Two browsers may sign in for the first time at once.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO accounts (kind, mailbox_id, security_stamp, is_active, last_sign_in_at, version, created_at, updated_at)
            VALUES ('mailbox_owner', {owner.MailboxId}, {stamp}, 1, {now}, 1, {now}, {now})
            ON DUPLICATE KEY UPDATE last_sign_in_at = {now}, version = version + 1
            """,
            ct);
        return await db.Accounts.AsNoTracking().Include(a => a.Mailbox).ThenInclude(m => m!.Entry).ThenInclude(e => e!.Domain).SingleAsync(a => a.MailboxId == owner.MailboxId, ct);
    }

    /// <summary>Whether an account may come in now, from here: an admin's if it is active, an owner's if a mail program of the owner could sign in and the domain has owners come.</summary>
    /// <param name="source">The address that the request came from.</param>
    internal static bool MayEnter(Account account, DateTime now, string? source)
    {
        if (account.Mailbox is not { Entry: { } entry } mailbox) return account.IsActive;

        return account.IsActive
            && entry.Domain!.OwnerRights.HasFlag(OwnerRights.Panel)
            && AddressStates.At(now, entry.IsActive, entry.ActiveFrom, entry.ActiveUntil, entry.Domain.IsActive) == AddressState.Active
            && ClientNetwork.Allow(mailbox.AllowedNetworks, IPAddress.TryParse(source, out var address) ? address : null);
    }

    /// <summary>Whether the password is older than the domain allows. Mail programs are refused with it; at the panel it opens the page that changes it, and no other.</summary>
    internal static bool HasExpiredPassword(Account account, DateTime now) =>
        account.Mailbox is { } mailbox && PasswordExpiry.At(mailbox.PasswordChangedAt, mailbox.Entry!.Domain!.PasswordMaxAgeDays) <= now;
}
