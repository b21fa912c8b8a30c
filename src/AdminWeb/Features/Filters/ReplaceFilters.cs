using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Scripts;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Filters;

/// <summary>Gives a mailbox these rules and no others: what a file says, or none.</summary>
public sealed class ReplaceFilters(AdminDb db, KeepScript scripts)
{
    public sealed record Input
    {
        public long MailboxId { get; init; }

        public IReadOnlyList<RuleForm> Rules { get; init; } = [];
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var outcome = await db.InTransactionAsync(token => ReplaceAsync(input, actor, token), duplicate: null, ct);
        if (outcome is Outcome<Saved>.Done) await scripts.OfMailboxAsync(input.MailboxId, ct);
        return outcome;
    }

    private async Task<Outcome<Saved>> ReplaceAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (await db.LockKeptMailboxAsync(input.MailboxId, actor, OwnerRights.Filters, ct) is not { } mailbox) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var rules = input.Rules.Select((form, i) => FilterReading.Read(form, reading, $"{nameof(Input.Rules)}[{i}].")).ToList();
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        var rows = await db.FiltersAsync(mailbox.Id, ct);
        var before = rows.ConvertAll(FilterRule.Of);
        if (await FilterChecks.ProblemsAsync(db, mailbox, rules, before, nameof(Input.Rules), actor, ct) is { Count: > 0 } problems) return Outcome.Refused<Saved>(problems);

        db.MailboxFilters.RemoveRange(rows);
        db.MailboxFilters.AddRange(rules.Select((rule, i) => new MailboxFilter { MailboxId = mailbox.Id, Position = i + 1, Name = rule.Name, IsOn = rule.IsOn, Rule = rule.Write() }));
        if (rules.Count > 0 || mailbox.Script is not null) db.AskScript(mailbox);
        db.MarkChanged(mailbox);
        db.Audit(actor, "mailbox.set-filters", mailbox.Entry!.Address, mailbox.Entry.DomainId, before.Select(FilterState.Of).ToList(), rules.Select(FilterState.Of).ToList());
        return Outcome.Done(new Saved(mailbox.Id, mailbox.Entry!.Address));
    }
}
