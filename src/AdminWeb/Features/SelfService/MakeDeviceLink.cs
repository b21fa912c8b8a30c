using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>
/// Makes the link that sets up one of Apple's devices, in place of one before. It asks for the mailbox's password, as
/// making an app password does: whoever follows the link has one.
/// </summary>
public sealed class MakeDeviceLink(AdminDb db, PasswordProof proof, MailLinks links)
{
    /// <summary>What the domain has to let owners do.</summary>
    internal const OwnerRights Needs = OwnerRights.DeviceSetup | OwnerRights.AppPasswords;

    public sealed record Input
    {
        /// <summary>Of the mailbox.</summary>
        public string? CurrentPassword { get; init; }
    }

    /// <returns>The link, whole.</returns>
    public async Task<Outcome<string>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var known = await Own(actor).AsNoTracking().Include(m => m.Entry).FirstOrDefaultAsync(ct);
        if (known is null) return Outcome.NotFound<string>();
        if (string.IsNullOrEmpty(input.CurrentPassword)) return Outcome.Refused<string>(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordEmpty"));
        if (await proof.CheckAsync(nameof(Input.CurrentPassword), known.PasswordHash, input.CurrentPassword, actor, ct) is { } wrong) return Outcome.Refused<string>(wrong);

        return await db.InTransactionAsync(
            async token =>
            {
                if (!await db.LockDomainAsync(known.Entry!.DomainId, token) || await Own(actor).Include(m => m.Entry).FirstOrDefaultAsync(token) is not { } mailbox) return Outcome.NotFound<string>();
                if (mailbox.PasswordHash != known.PasswordHash) return Outcome.Refused<string>(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordWrong"));
                if (await db.AppPasswords.CountAsync(p => p.MailboxId == mailbox.Id, token) >= AppPassword.Most) return Outcome.Refused<string>(new Problem("", "AppPasswordsTooMany", AppPassword.Most));

                var link = await links.MakeAsync(MailLinkKind.Device, mailbox, mailbox.Entry!.Address, token);
                db.Audit(actor, "mailbox.make-device-link", mailbox.Entry.Address, mailbox.Entry.DomainId);
                // The number that stands in it is the row's.
                await db.SaveChangesAsync(token);
                return Outcome.Done(links.Url(link));
            },
            duplicate: null,
            ct);
    }

    // A profile is for reading and sending.
    private IQueryable<Mailbox> Own(Actor actor) => db.Mailboxes.OwnedBy(actor, Needs).Where(m => m.AllowsImap && m.AllowsSmtp);
}
