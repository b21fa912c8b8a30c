using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>What a job would be about.</summary>
/// <param name="First">The first names.</param>
/// <param name="LoserCount">Aliases and forwards that would lose a destination if these addresses were deleted.</param>
public sealed record JobPlan(int Count, IReadOnlyList<string> First, int LoserCount);

/// <summary>Starts a job on many mailboxes or aliases: those that were ticked, or all that a list shows.</summary>
public sealed class StartJob(AdminDb db, JobBell bell)
{
    /// <summary>What one statement finds.</summary>
    private const int MaxNamed = 10_000;

    /// <summary>Targets that one statement writes down.</summary>
    private const int Block = 5_000;

    public sealed record Input
    {
        public JobKind Kind { get; init; }

        public JobAction? Action { get; init; }

        /// <summary>"5G", for <see cref="JobAction.SetQuota"/>; empty is no limit.</summary>
        public string? Quota { get; init; }

        /// <summary>Ids of mailboxes or aliases; null for everything under the filter.</summary>
        public IReadOnlyList<long>? Ids { get; init; }

        /// <summary>The same by their addresses: one that is not there is refused. At most 10,000.</summary>
        public IReadOnlyList<string>? Addresses { get; init; }

        /// <summary>Only this domain's; one that is not there, or not the actor's, is NotFound.</summary>
        public string? DomainName { get; init; }

        public string? Text { get; init; }

        public bool IsInside { get; init; }

        public StateFilter State { get; init; }

        public ListOnly Only { get; init; }

        public string? Tag { get; init; }

        /// <summary>How many there were when somebody decided; null does not ask.</summary>
        public int? Count { get; init; }

        /// <summary>The count once more, typed by hand, for <see cref="JobAction.Delete"/>.</summary>
        public string? Confirm { get; init; }
    }

    /// <summary>What somebody may ask of many at once.</summary>
    public static IEnumerable<JobAction> ActionsOf(JobKind kind) => Enum.GetValues<JobAction>().Where(
        a => a != JobAction.Import && (kind == JobKind.Mailboxes || (a != JobAction.SetQuota && ProtocolSwitch.Of(a) is null)));

    /// <summary>Null where there is no such domain for this actor.</summary>
    public async Task<JobPlan?> PlanAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (await SelectionAsync(input, actor, ct) is not { } selection) return null;

        var all = selection.All(db, input.Kind, actor);
        var count = await all.CountAsync(ct);
        var first = await selection.Next(db, input.Kind, actor, null, Forwarders.Shown).OrderBy(a => a.Address).Take(Forwarders.Shown).Select(a => a.Address).ToListAsync(ct);
        return new JobPlan(count, first, await LosersAsync(all, selection.DomainId is { } domain ? [domain] : selection.DomainIds, ct));
    }

    /// <param name="domainIds">Of all of them; null where they may be anywhere.</param>
    private Task<int> LosersAsync(IQueryable<AddressEntry> all, IReadOnlyList<long>? domainIds, CancellationToken ct)
    {
        var owned = db.OwnedDestinations();
        if (domainIds is not null) owned = owned.Where(x => domainIds.Contains(x.DomainId!.Value) || domainIds.Contains(x.TargetId!.Value));
        return owned.Join(all, x => x.OwnerId, a => (long?)a.Id, (x, _) => x.FromId).Distinct().CountAsync(ct);
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (await SelectionAsync(input, actor, ct) is not { } selection) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var quota = input.Action == JobAction.SetQuota ? reading.Size(nameof(Input.Quota), input.Quota, ByteSize.MaxOfMailbox) : null;
        if (input.Action is not { } action || !ActionsOf(input.Kind).Contains(action)) reading.Add(new Problem(nameof(Input.Action), "JobActionEmpty"));
        var count = await selection.All(db, input.Kind, actor).CountAsync(ct);
        if (input.Addresses is { Count: > MaxNamed }) reading.Add(new Problem("", "JobTooManyNamed", MaxNamed));
        else if (selection.Missing is { } missing) reading.Add(new Problem("", "JobAddressUnknown", missing));
        else if (count == 0) reading.Add(new Problem("", "JobNothing"));
        else if (input.Count is { } seen && seen != count) reading.Add(new Problem("", "PlanChanged"));
        else if (input.Action == JobAction.Delete && input.Confirm?.Trim() != $"{count}") reading.Add(new Problem(nameof(Input.Confirm), "JobConfirm", count));
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        var outcome = await db.InTransactionAsync(
            async token =>
            {
                var job = new Job
                {
                    Kind = input.Kind, Action = input.Action!.Value, QuotaBytes = quota, Selection = selection.Write(), Total = count,
                    AccountId = actor.AccountId, Actor = actor.Login, Source = actor.Source, RequestId = actor.RequestId, CreatedAt = db.UtcNow,
                };
                db.Jobs.Add(job);
                await db.SaveChangesAsync(token);
                // Counted again as they are written down: what came or went since is no longer what somebody decided about.
                if (await WriteTargetsAsync(job, selection, actor, token) != count) return Outcome.Refused<Saved>(new Problem("", "PlanChanged"));

                db.Audit(actor, "job.start", $"{job.Id}", selection.DomainId, after: new { job.Kind, job.Action, job.QuotaBytes, job.Total, input.Text, input.IsInside, input.State, input.Only, input.Tag });
                return Outcome.Done(new Saved(job.Id, $"{job.Id}"));
            },
            duplicate: null,
            ct);
        bell.Ring();
        return outcome;
    }

    private async Task<int> WriteTargetsAsync(Job job, JobSelection selection, Actor actor, CancellationToken ct)
    {
        var (count, after) = (0, (string?)null);
        while (true)
        {
            var block = await selection.Next(db, job.Kind, actor, after, Block).OrderBy(a => a.Address).Take(Block).Select(a => new { a.Id, a.Address }).ToListAsync(ct);
            if (block.Count == 0) return count;

            // Numbers alone, so they may stand in the text.
            var sql = "INSERT INTO job_targets (job_id, number, address_id, domain_id, address) SELECT {0}, {1} + ROW_NUMBER() OVER (ORDER BY address), id, domain_id, address FROM addresses WHERE id IN ("
                + string.Join(',', block.Select(a => a.Id.ToString(CultureInfo.InvariantCulture))) + ")";
            count += await db.Database.ExecuteSqlRawAsync(sql, [job.Id, count], ct);
            after = block[^1].Address;
            if (block.Count < Block) return count;
        }
    }

    private async Task<JobSelection> NamedAsync(JobKind kind, IReadOnlyList<string> addresses, Actor actor, CancellationToken ct)
    {
        var isMailboxes = kind == JobKind.Mailboxes;
        IReadOnlyList<string> spelled = [.. addresses.Take(MaxNamed).Select(a => AddressFilter.Spelled(a.ToLowerInvariant())).Distinct()];
        var found = await db.Addresses.ManagedBy(actor)
            .Where(a => isMailboxes ? a.Kind == AddressKind.Mailbox : a.Kind == AddressKind.Alias || a.Kind == AddressKind.CatchAll)
            .Where(a => spelled.Contains(a.Address)).Select(a => new { a.Id, a.DomainId, a.Address }).ToListAsync(ct);
        return new JobSelection
        {
            Ids = [.. found.Select(a => a.Id)], DomainIds = [.. found.Select(a => a.DomainId).Distinct()],
            Missing = found.Count == spelled.Count ? null : spelled.Except(found.Select(a => a.Address)).First(),
        };
    }

    private async Task<JobSelection?> SelectionAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (input.Ids is { } ids)
        {
            var chosen = input.Kind == JobKind.Mailboxes
                ? db.Mailboxes.PermittedTo(actor, DomainPermissions.Mailboxes).Where(m => ids.Contains(m.Id)).Select(m => new { m.AddressId, m.Entry!.DomainId })
                : db.Aliases.VisibleTo(actor).Where(a => ids.Contains(a.Id)).Select(a => new { a.AddressId, a.Entry!.DomainId });
            var found = await chosen.ToListAsync(ct);
            return new JobSelection { Ids = [.. found.Select(a => a.AddressId)], DomainIds = [.. found.Select(a => a.DomainId).Distinct()] };
        }
        if (input.Addresses is { } addresses) return await NamedAsync(input.Kind, addresses, actor, ct);

        var all = new JobSelection { Text = input.Text, IsInside = input.IsInside, State = input.State, Only = input.Only, Tag = input.Tag };
        if (string.IsNullOrEmpty(input.DomainName)) return all;
        if (!DomainName.TryParse(input.DomainName, out var name)) return null;

        var id = await db.Domains.VisibleTo(actor).Where(d => d.Name == name && d.Kind == DomainKind.Hosted).Select(d => (long?)d.Id).FirstOrDefaultAsync(ct);
        return id is null ? null : all with { DomainId = id };
    }
}
