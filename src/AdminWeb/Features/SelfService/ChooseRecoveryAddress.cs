using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Explain;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>
/// Chooses where a forgotten password is replaced from. It asks for the password, since whoever may choose it may have
/// the mailbox; and it is good for nothing until a link that is sent there was followed.
/// </summary>
public sealed class ChooseRecoveryAddress(AdminDb db, PasswordProof proof, MailLinks links, ExplainAddress explain)
{
    public sealed record Input
    {
        /// <summary>Empty: none.</summary>
        public string? RecoveryAddress { get; init; }

        public string? CurrentPassword { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var mailbox = await db.Mailboxes.OwnedBy(actor, OwnerRights.Recovery).AsNoTracking().Include(m => m.Entry).FirstOrDefaultAsync(ct);
        if (mailbox is null) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var chosen = MailboxForm.ReadRecovery(reading, nameof(Input.RecoveryAddress), input.RecoveryAddress, mailbox.Entry!.Address);
        if (chosen is not null && await LeadsHereAsync(EmailAddress.Parse(chosen), mailbox.Home, actor, ct)) reading.Add(new Problem(nameof(Input.RecoveryAddress), "RecoveryAddressIsItself", AddressText.Unicode(chosen)));
        if (string.IsNullOrEmpty(input.CurrentPassword)) reading.Add(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordEmpty"));
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        if (await proof.CheckAsync(nameof(Input.CurrentPassword), mailbox.PasswordHash, input.CurrentPassword!, actor, ct) is { } wrong) return Outcome.Refused<Saved>(wrong);

        return await db.InTransactionAsync(token => SaveAsync(chosen, actor, token), duplicate: null, ct);
    }

    private async Task<Outcome<Saved>> SaveAsync(string? chosen, Actor actor, CancellationToken ct)
    {
        var mailbox = await db.Mailboxes.OwnedBy(actor, OwnerRights.Recovery).Include(m => m.Entry).FirstOrDefaultAsync(ct);
        if (mailbox is null) return Outcome.NotFound<Saved>();

        var (address, before) = (mailbox.Entry!.Address, new { mailbox.RecoveryAddress });
        mailbox.RecoveryAddress = chosen;
        if (chosen != mailbox.ConfirmedRecoveryAddress) mailbox.ConfirmedRecoveryAddress = null;
        db.MarkChanged(mailbox);
        db.Audit(actor, "mailbox.choose-recovery", address, mailbox.Entry.DomainId, before, new { mailbox.RecoveryAddress });
        if (chosen is not null && mailbox.GoodRecoveryAddress is null) await links.SendAsync(MailLinkKind.Recovery, mailbox, ct);
        return Outcome.Done(new Saved(mailbox.Id, address));
    }

    // Whoever lost the password cannot read there: under no name, through no alias or group, and not as the catch-all's.
    private async Task<bool> LeadsHereAsync(EmailAddress chosen, string home, Actor actor, CancellationToken ct) =>
        await explain.RunAsync(chosen, isOutside: true, Actor.Panel(actor.RequestId), ct) is { } said && said.Endings.Any(e => e.Home == home);
}
