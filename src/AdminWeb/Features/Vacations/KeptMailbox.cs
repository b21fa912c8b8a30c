using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Vacations;

/// <summary>Mailboxes whose replies and forwards somebody may change: owners their own, admins those that they manage.</summary>
internal static class KeptMailbox
{
    private static readonly TimeSpan OthersAfter = TimeSpan.FromSeconds(20);

    public static IQueryable<Mailbox> KeptBy(this IQueryable<Mailbox> mailboxes, Actor actor) =>
        actor.MailboxId is null ? mailboxes.PermittedTo(actor, DomainPermissions.Mailboxes) : mailboxes.OwnedBy(actor, OwnerRights.Vacation);

    /// <summary>One of them with all that mail for it depends on, after taking its domain's lock; null where there is none in the actor's scope.</summary>
    public static async Task<Mailbox?> LockKeptMailboxAsync(this AdminDb db, long id, Actor actor, CancellationToken ct)
    {
        var domainId = await db.Mailboxes.KeptBy(actor).Where(m => m.Id == id).Select(m => (long?)m.Entry!.DomainId).FirstOrDefaultAsync(ct);
        if (domainId is null || !await db.LockDomainAsync(domainId.Value, ct)) return null;

        return await db.Mailboxes.KeptBy(actor).Include(m => m.Entry!.Destinations).Include(m => m.Vacation).Include(m => m.Script).FirstOrDefaultAsync(m => m.Id == id, ct);
    }

    /// <summary>Why a mailbox may not stop keeping its mail: nothing would be there to be answered. Null where it may.</summary>
    public static async Task<Problem?> VacationProblemAsync(this AdminDb db, long mailboxId, string field, CancellationToken ct)
    {
        var vacation = await db.Vacations.AsNoTracking().FirstOrDefaultAsync(v => v.MailboxId == mailboxId, ct);
        return vacation?.IsWantedOn(DateOnly.FromDateTime(db.UtcNow)) == true ? new Problem(field, "VacationIsOn") : null;
    }

    /// <summary>Has the panel's script of a mailbox written anew: by the caller once the transaction is committed, and by others where it does not come to that.</summary>
    /// <param name="mailbox">With its script.</param>
    public static void AskScript(this AdminDb db, Mailbox mailbox)
    {
        var dueAt = db.UtcNow + OthersAfter;
        if (mailbox.Script is { } script) (script.State, script.DueAt, script.Failures, script.Refusal) = (ScriptState.Asked, dueAt, 0, null);
        else db.MailboxScripts.Add(new MailboxScript { MailboxId = mailbox.Id, State = ScriptState.Asked, DueAt = dueAt });
    }
}
