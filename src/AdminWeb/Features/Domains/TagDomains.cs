using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Domains;

/// <summary>
/// Gives tags to many domains and takes others from them: to those that were ticked, or to all that the list shows. One
/// transaction: domains come by the thousand, where mailboxes come by the hundred thousand and need a job.
/// </summary>
public sealed class TagDomains(AdminDb db)
{
    public sealed record Input
    {
        /// <summary>Ids of hosted domains; null for everything under the filter.</summary>
        public IReadOnlyList<long>? Ids { get; init; }

        /// <summary>Of the list; its page does not matter.</summary>
        public PageRequest Filter { get; init; } = new();

        /// <summary>Words with spaces or commas between.</summary>
        public string? Add { get; init; }

        public string? Remove { get; init; }

        /// <summary>How many domains there were when somebody decided; null does not ask.</summary>
        public int? Count { get; init; }
    }

    /// <summary>The domains that it would be about, and the first of their names.</summary>
    public async Task<NameList> PlanAsync(Input input, Actor actor, CancellationToken ct)
    {
        var chosen = Chosen(input, actor);
        var first = await chosen.OrderBy(d => d.Name).Take(Forwarders.Shown).Select(d => d.Name).ToListAsync(ct);
        return new NameList([.. first.Select(n => n.Unicode)], await chosen.CountAsync(ct));
    }

    /// <returns>How many domains have other tags now.</returns>
    public async Task<Outcome<int>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var reading = new Reading();
        var (added, removed) = (DomainInput.ReadTags(reading, nameof(Input.Add), input.Add), DomainInput.ReadTags(reading, nameof(Input.Remove), input.Remove));
        if (!reading.HasProblems && added.Count + removed.Count == 0) reading.Add(new Problem(nameof(Input.Add), "TagsNone"));
        if (!reading.HasProblems && added.Intersect(removed).FirstOrDefault() is { } both) reading.Add(new Problem(nameof(Input.Remove), "TagBoth", both));
        if (reading.HasProblems) return Outcome.Refused<int>(reading.Problems);

        return await db.InTransactionAsync(token => ChangeAsync(input, added, removed, actor, token), duplicate: null, ct);
    }

    private async Task<Outcome<int>> ChangeAsync(Input input, IReadOnlyList<string> added, IReadOnlyList<string> removed, Actor actor, CancellationToken ct)
    {
        var domains = await Chosen(input, actor).Include(d => d.Tags).OrderBy(d => d.Id).ToListAsync(ct);
        if (domains.Count == 0) return Outcome.Refused<int>(new Problem("", "JobNothing"));
        if (input.Count is { } seen && seen != domains.Count) return Outcome.Refused<int>(new Problem("", "PlanChanged"));

        var changed = 0;
        foreach (var domain in domains)
        {
            IReadOnlyList<string> before = [.. domain.Tags.Select(t => t.Name).Order(StringComparer.Ordinal)];
            IReadOnlyList<string> after = [.. before.Except(removed).Union(added).Order(StringComparer.Ordinal)];
            if (after.Count > TagList.MaxCount) return Outcome.Refused<int>(new Problem(nameof(Input.Add), "TooManyTagsIn", domain.Name.Unicode, TagList.MaxCount));
            if (after.SequenceEqual(before)) continue;

            domain.Tags.RemoveAll(t => !after.Contains(t.Name));
            domain.Tags.AddRange(after.Except(before).Select(t => new DomainTag { Name = t }));
            db.MarkChanged(domain);
            db.Audit(actor, "domain.update", domain.Name.Value, domain.Id, new { Tags = before }, new { Tags = after });
            changed++;
        }
        return Outcome.Done(changed);
    }

    private IQueryable<MailDomain> Chosen(Input input, Actor actor)
    {
        var domains = db.Domains.PermittedTo(actor, DomainPermissions.Limits).Where(d => d.Kind == DomainKind.Hosted);
        return input.Ids is { } ids ? domains.Where(d => ids.Contains(d.Id)) : DomainRows.Filtered(domains, input.Filter);
    }
}
