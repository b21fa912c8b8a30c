using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Passkeys;

/// <param name="LastUsedAt">Null: never since it was added.</param>
/// <param name="IsBackedUp">Its owner has it on other devices, too.</param>
public sealed record PasskeyRow(long Id, string Name, DateTime CreatedAt, DateTime? LastUsedAt, bool IsBackedUp);

/// <summary>The passkeys of an account, by name.</summary>
/// <param name="Account">A login, or a mailbox's address.</param>
public sealed record PasskeyList(string Account, IReadOnlyList<PasskeyRow> Passkeys);

/// <summary>Passkeys, as their owners see them, and whoever may take them away.</summary>
public sealed class PasskeyRows(AdminDb db)
{
    public Task<List<PasskeyRow>> OwnAsync(Actor actor, CancellationToken ct)
    {
        var accountId = actor.AccountId;
        return OfAsync(db.Accounts.Where(a => a.Id == accountId), ct);
    }

    /// <summary>Null where there is no such admin for this actor.</summary>
    public async Task<PasskeyList?> OfAdminAsync(string login, Actor actor, CancellationToken ct)
    {
        var admins = db.Accounts.VisibleTo(actor).Where(a => a.Login == login);
        return await admins.AnyAsync(ct) ? new PasskeyList(login, await OfAsync(admins, ct)) : null;
    }

    /// <summary>Null where there is no such mailbox for this actor, or its passwords are not the actor's to set.</summary>
    public async Task<PasskeyList?> OfMailboxAsync(EmailAddress address, Actor actor, CancellationToken ct)
    {
        var value = address.Value;
        var mailboxes = db.Mailboxes.PermittedTo(actor, DomainPermissions.Passwords).Where(m => m.Entry!.Address == value);
        return await mailboxes.AnyAsync(ct) ? new PasskeyList(value, await OfAsync(db.Accounts.Where(a => mailboxes.Any(m => m.Id == a.MailboxId)), ct)) : null;
    }

    private Task<List<PasskeyRow>> OfAsync(IQueryable<Account> accounts, CancellationToken ct) =>
        db.Passkeys.Where(p => accounts.Any(a => a.Id == p.AccountId)).OrderBy(p => p.Name).ThenBy(p => p.Id)
            .Select(p => new PasskeyRow(p.Id, p.Name, p.CreatedAt, p.LastUsedAt, p.IsBackedUp)).ToListAsync(ct);
}
