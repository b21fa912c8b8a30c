using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Scripts;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Filters;

/// <summary>Takes a rule of a mailbox away.</summary>
public sealed class DeleteFilter(AdminDb db, KeepScript scripts)
{
    public sealed record Input
    {
        public long MailboxId { get; init; }

        public long Id { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var outcome = await db.InTransactionAsync(token => DeleteAsync(input, actor, token), duplicate: null, ct);
        if (outcome is Outcome<Saved>.Done) await scripts.OfMailboxAsync(input.MailboxId, ct);
        return outcome;
    }

    private async Task<Outcome<Saved>> DeleteAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (await db.LockKeptMailboxAsync(input.MailboxId, actor, OwnerRights.Filters, ct) is not { } mailbox) return Outcome.NotFound<Saved>();

        var row = (await db.FiltersAsync(mailbox.Id, ct)).Find(r => r.Id == input.Id);
        if (row is null) return Outcome.NotFound<Saved>();

        db.MailboxFilters.Remove(row);
        db.AskScript(mailbox);
        db.MarkChanged(mailbox);
        db.Audit(actor, "mailbox.delete-filter", mailbox.Entry!.Address, mailbox.Entry.DomainId, before: FilterState.Of(FilterRule.Of(row)));
        return Outcome.Done(new Saved(mailbox.Id, row.Name));
    }
}
