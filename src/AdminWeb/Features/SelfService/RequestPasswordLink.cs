using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>
/// Sends a link for a new password to the confirmed recovery address of a mailbox. Whoever asks reads the same, after the
/// same time, whether there is such a mailbox, such an address, or nothing at all.
/// </summary>
public sealed class RequestPasswordLink(AdminDb db, MailboxOwners owners, ILookupNormalizer names, GuessBudget budget, RefusalFloor floor, MailLinks links)
{
    public sealed record Input
    {
        public string? Address { get; init; }
    }

    /// <param name="visitor">Whoever asks: the network that is counted, the request that is audited.</param>
    /// <returns>Done whatever came of it.</returns>
    public async Task<Outcome<bool>> RunAsync(Input input, Actor visitor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(input.Address)) return Outcome.Refused<bool>(new Problem(nameof(Input.Address), "AddressEmpty"));

        var started = floor.Start();
        var name = names.NormalizeName(input.Address)!;
        var outcome = Outcome.Done(true);
        if (await budget.TakeAsync($"password-link\n{name}", visitor.Source, device: null, ct) is { } again) outcome = Outcome.Refused<bool>(TooOften.Problem(again, db.UtcNow));
        else if (await owners.FindAsync(name, ct) is { } owner && MailboxOwners.MayEnter(owner, db.UtcNow, visitor.Source)) await SendAsync(owner.MailboxId!.Value, visitor, ct);
        await floor.WaitAsync(started, ct);
        return outcome;
    }

    private Task<Outcome<bool>> SendAsync(long mailboxId, Actor visitor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            var mailbox = await db.Mailboxes.Include(m => m.Entry!.Domain).FirstOrDefaultAsync(m => m.Id == mailboxId, token);
            if (mailbox?.GoodRecoveryAddress is null || !mailbox.Entry!.Domain!.OwnerRights.HasFlag(OwnerRights.Recovery) || await links.IsOnItsWayAsync(MailLinkKind.Password, mailboxId, token)) return Outcome.Done(false);

            await links.SendAsync(MailLinkKind.Password, mailbox, token);
            db.Audit(visitor, "mailbox.send-password-link", mailbox.Entry!.Address, mailbox.Entry.DomainId);
            return Outcome.Done(true);
        },
        duplicate: null,
        ct);
}
