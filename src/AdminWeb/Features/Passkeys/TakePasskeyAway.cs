using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>A passkey that signs in no more.</summary>
/// <param name="Account">Whose it was: a login, or a mailbox's address.</param>
/// <param name="TurnedOff">It was the last factor: the second factor is off.</param>
public sealed record PasskeyTaken(string Account, string Name, bool TurnedOff);

/// <summary>
/// Removes one passkey of somebody who has lost the device: an admin's, by whoever manages admins; a mailbox owner's, by
/// whoever sets passwords of the domain. What removing one's own does (<see cref="RemovePasskey"/>) follows, the last one included.
/// </summary>
public sealed class TakePasskeyAway(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }
    }

    public async Task<Outcome<PasskeyTaken>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var (admins, mailboxes) = (db.Accounts.VisibleTo(actor), db.Mailboxes.PermittedTo(actor, DomainPermissions.Passwords));
        var theirs = db.Accounts.Where(a => db.Passkeys.Any(p => p.Id == input.Id && p.AccountId == a.Id) && (admins.Any(v => v.Id == a.Id) || mailboxes.Any(m => m.Id == a.MailboxId)));
        if (await theirs.Select(a => new { DomainId = (long?)a.Mailbox!.Entry!.DomainId }).FirstOrDefaultAsync(ct) is not { } known) return Outcome.NotFound<PasskeyTaken>();

        return await db.InTransactionAsync(
            async token =>
            {
                if (known.DomainId is { } domainId && !await db.LockDomainAsync(domainId, token)) return Outcome.NotFound<PasskeyTaken>();
                var account = await theirs.Include(a => a.Mailbox!.Entry!.Domain).FirstOrDefaultAsync(token);
                return account is not null && await db.RemovePasskeyAsync(account, input.Id, actor, token) is { } removed
                    ? Outcome.Done(new PasskeyTaken(account.Name, removed.Name, removed.TurnedOff))
                    : Outcome.NotFound<PasskeyTaken>();
            },
            duplicate: null,
            ct);
    }
}
