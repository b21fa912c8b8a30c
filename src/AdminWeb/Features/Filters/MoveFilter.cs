using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Scripts;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Filters;

/// <summary>Lets a rule of a mailbox run one step earlier or later. At the end of the list it stays where it is.</summary>
public sealed class MoveFilter(AdminDb db, KeepScript scripts)
{
    public sealed record Input
    {
        public long MailboxId { get; init; }

        public long Id { get; init; }

        public bool IsEarlier { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var outcome = await db.InTransactionAsync(token => MoveAsync(input, actor, token), duplicate: null, ct);
        if (outcome is Outcome<Saved>.Done) await scripts.OfMailboxAsync(input.MailboxId, ct);
        return outcome;
    }

    private async Task<Outcome<Saved>> MoveAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (await db.LockKeptMailboxAsync(input.MailboxId, actor, OwnerRights.Filters, ct) is not { } mailbox) return Outcome.NotFound<Saved>();

        var rows = await db.FiltersAsync(mailbox.Id, ct);
        var at = rows.FindIndex(r => r.Id == input.Id);
        if (at < 0) return Outcome.NotFound<Saved>();

        var row = rows[at];
        var to = Math.Clamp(input.IsEarlier ? at - 1 : at + 1, 0, rows.Count - 1);
        rows.RemoveAt(at);
        rows.Insert(to, row);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Position != i + 1) rows[i].Position = i + 1;
        }
        db.AskScript(mailbox);
        db.MarkChanged(mailbox);
        db.Audit(actor, "mailbox.move-filter", mailbox.Entry!.Address, mailbox.Entry.DomainId, new { row.Name, Position = at + 1 }, new { row.Name, Position = to + 1 });
        return Outcome.Done(new Saved(mailbox.Id, row.Name));
    }
}
