using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Scripts;

/// <summary>Mailboxes whose replies, rules and forwards somebody may change: owners their own, admins those that they manage.</summary>
internal static class KeptMailbox
{
    private static readonly TimeSpan OthersAfter = TimeSpan.FromSeconds(20);

    /// <param name="right">What an owner needs for it.</param>
    public static IQueryable<Mailbox> KeptBy(this IQueryable<Mailbox> mailboxes, Actor actor, OwnerRights right) =>
        actor.MailboxId is null ? mailboxes.PermittedTo(actor, DomainPermissions.Mailboxes) : mailboxes.OwnedBy(actor, right);

    /// <summary>One of them with all that mail for it depends on, after taking its domain's lock; null where there is none in the actor's scope.</summary>
    public static async Task<Mailbox?> LockKeptMailboxAsync(this AdminDb db, long id, Actor actor, OwnerRights right, CancellationToken ct)
    {
        var domainId = await db.Mailboxes.KeptBy(actor, right).Where(m => m.Id == id).Select(m => (long?)m.Entry!.DomainId).FirstOrDefaultAsync(ct);
        if (domainId is null || !await db.LockDomainAsync(domainId.Value, ct)) return null;

        return await db.Mailboxes.KeptBy(actor, right).Include(m => m.Entry!.Destinations).Include(m => m.Vacation).Include(m => m.Script).FirstOrDefaultAsync(m => m.Id == id, ct);
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
