using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Scripts;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Filters;

/// <summary>
/// Adds a rule to a mailbox's, as the last one, or changes one: by its owner, or by an admin for the owner, who reads in
/// the export who did. What was chosen is saved first and then taken to the mail server.
/// </summary>
public sealed class SaveFilter(AdminDb db, KeepScript scripts)
{
    public sealed record Input : RuleForm
    {
        public long MailboxId { get; init; }

        /// <summary>Of the rule; 0: a new one.</summary>
        public long Id { get; init; }

        /// <summary>The version the form was filled from; 0 for a new one.</summary>
        public long Version { get; init; }
    }

    /// <returns>The mailbox's id, with the name of the rule.</returns>
    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var outcome = await db.InTransactionAsync(token => SaveAsync(input, actor, token), duplicate: null, ct);
        if (outcome is Outcome<Saved>.Done) await scripts.OfMailboxAsync(input.MailboxId, ct);
        return outcome;
    }

    private async Task<Outcome<Saved>> SaveAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (await db.LockKeptMailboxAsync(input.MailboxId, actor, OwnerRights.Filters, ct) is not { } mailbox) return Outcome.NotFound<Saved>();

        var rows = await db.FiltersAsync(mailbox.Id, ct);
        var row = rows.Find(r => r.Id == input.Id);
        if (row is null && input.Id != 0) return Outcome.NotFound<Saved>();
        if (row is not null && row.Version != input.Version) return Outcome.Conflict<Saved>(row.Version);

        var reading = new Reading();
        var rule = FilterReading.Read(input, reading);
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        var before = rows.ConvertAll(FilterRule.Of);
        IReadOnlyList<FilterRule> after = row is null ? [.. before, rule] : [.. rows.Select(r => r == row ? rule : FilterRule.Of(r))];
        if (await FilterChecks.ProblemsAsync(db, mailbox, after, before, nameof(Input.SendsTo), actor, ct) is { Count: > 0 } problems) return Outcome.Refused<Saved>(problems);

        var was = row is null ? null : FilterState.Of(FilterRule.Of(row));
        if (row is null) db.MailboxFilters.Add(new MailboxFilter { MailboxId = mailbox.Id, Position = rows.Count == 0 ? 1 : rows[^1].Position + 1, Name = rule.Name, IsOn = rule.IsOn, Rule = rule.Write() });
        else (row.Name, row.IsOn, row.Rule) = (rule.Name, rule.IsOn, rule.Write());
        if (row is not null) db.MarkChanged(row);
        db.AskScript(mailbox);
        db.MarkChanged(mailbox);
        db.Audit(actor, row is null ? "mailbox.add-filter" : "mailbox.update-filter", mailbox.Entry!.Address, mailbox.Entry.DomainId, was, FilterState.Of(rule));
        return Outcome.Done(new Saved(mailbox.Id, rule.Name));
    }
}

/// <summary>A rule in an audit entry: what it does, and of what it looks for only how much, which is the owner's business.</summary>
internal sealed record FilterState(string Name, bool IsOn, int Conditions, FilterDelivery Delivery, string? Folder, string? SendsTo, bool MarksRead, bool Flags, bool Stops)
{
    public static FilterState Of(FilterRule rule) => new(rule.Name, rule.IsOn, rule.Conditions.Count, rule.Delivery, rule.Folder, rule.SendsTo, rule.MarksRead, rule.Flags, rule.Stops);
}
