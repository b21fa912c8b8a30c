using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>
/// Gives the actor's own mailbox another password, for whoever knows the old one: an open browser alone is not enough.
/// Mail programs need the new one at once; every other session ends, those at Dovecot and those at the panel.
/// </summary>
public sealed class ChangeMailboxPassword(AdminDb db, PasswordHasher hasher, BreachService breaches, PasswordProof proof)
{
    public sealed record Input
    {
        public string? CurrentPassword { get; init; }

        public string? NewPassword { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var mailbox = await db.Mailboxes.OwnedBy(actor, OwnerRights.Password).AsNoTracking().Include(m => m.Entry!.Domain).FirstOrDefaultAsync(ct);
        if (mailbox is null) return Outcome.NotFound<Saved>();

        var address = EmailAddress.Parse(mailbox.Entry!.Address);
        List<Problem> problems = [];
        if (string.IsNullOrEmpty(input.CurrentPassword)) problems.Add(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordEmpty"));
        if (PasswordRules.Check(input.NewPassword, nameof(Input.NewPassword), address, mailbox.DisplayName, mailbox.Entry.Domain!.PasswordMinLength) is { } problem) problems.Add(problem);
        // The old one again would pass every rule about its age.
        else if (input.NewPassword == input.CurrentPassword) problems.Add(new Problem(nameof(Input.NewPassword), "PasswordUnchanged"));
        if (problems.Count > 0) return Outcome.Refused<Saved>(problems);

        if (await proof.CheckAsync(nameof(Input.CurrentPassword), mailbox.PasswordHash, input.CurrentPassword!, actor, ct) is { } wrong) return Outcome.Refused<Saved>(wrong);
        if (await breaches.CheckAsync(input.NewPassword!, nameof(Input.NewPassword), ct) is { } breached) return Outcome.Refused<Saved>(breached);

        var hash = await hasher.HashAsync(input.NewPassword!, ct);
        return await db.InTransactionAsync(token => SaveAsync(mailbox, hash, actor, token), duplicate: null, ct);
    }

    private async Task<Outcome<Saved>> SaveAsync(Mailbox known, string hash, Actor actor, CancellationToken ct)
    {
        if (!await db.LockDomainAsync(known.Entry!.DomainId, ct)) return Outcome.NotFound<Saved>();

        var mailbox = await db.Mailboxes.OwnedBy(actor, OwnerRights.Password).Include(m => m.Entry).FirstOrDefaultAsync(ct);
        if (mailbox is null) return Outcome.NotFound<Saved>();
        // Somebody else, an admin perhaps, changed it since the old one was checked: that change stands.
        if (mailbox.PasswordHash != known.PasswordHash) return Outcome.Refused<Saved>(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordWrong"));

        await OwnPassword.ReplaceAsync(db, mailbox, hash, actor, ct);
        return Outcome.Done(new Saved(mailbox.Id, mailbox.Entry!.Address));
    }
}
