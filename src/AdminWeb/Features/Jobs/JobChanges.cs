using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.RecycleBin;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>What became of one address; without a problem it is as it was wanted.</summary>
internal sealed record JobOutcome(long AddressId, Problem? Problem);

/// <summary>What a job does to the addresses of one step, whose domains are locked: the rules and audit entries of the operations on one.</summary>
internal sealed class JobChanges(AdminDb db, Job job, Actor actor)
{
    private string Noun => job.Kind == JobKind.Mailboxes ? "mailbox" : "alias";

    /// <param name="entries">With their mailboxes, aliases and destinations, in order of address.</param>
    public async Task<IReadOnlyList<JobOutcome>> ApplyAsync(IReadOnlyList<AddressEntry> entries, CancellationToken ct)
    {
        var kept = entries.Select(e => (Entry: e, Problem: e.Alias?.ProtectionFrom(actor))).Where(e => e.Problem is not null).ToList();
        var outcomes = await ChangeAsync([.. entries.Except(kept.Select(k => k.Entry))], ct);
        return [.. outcomes.Concat(kept.Select(k => new JobOutcome(k.Entry.Id, k.Problem)))];
    }

    private async Task<IReadOnlyList<JobOutcome>> ChangeAsync(IReadOnlyList<AddressEntry> entries, CancellationToken ct)
    {
        var problems = job.Action switch
        {
            JobAction.Activate => await SetActiveAsync(entries, true, ct),
            JobAction.Deactivate => await SetActiveAsync(entries, false, ct),
            JobAction.SetQuota => await SetQuotaAsync(entries, ct),
            JobAction.Delete => await DeleteAsync(entries, ct),
            _ => Switch(entries, ProtocolSwitch.Of(job.Action) ?? throw new InvalidOperationException($"No job does {job.Action}.")),
        };
        return [.. entries.Select(e => new JobOutcome(e.Id, problems.GetValueOrDefault(e.Id)))];
    }

    private async Task<Dictionary<long, Problem>> SetActiveAsync(IReadOnlyList<AddressEntry> entries, bool isActive, CancellationToken ct)
    {
        var others = entries.Where(e => e.IsActive != isActive).ToList();
        foreach (var entry in others) db.Audit(actor, $"{Noun}.set-active", entry.Address, entry.DomainId, new { entry.IsActive }, new { IsActive = isActive });
        if (!isActive) db.EndSessions(others.Where(e => e.Kind == AddressKind.Mailbox).Select(e => e.Address));
        IReadOnlyList<long> changed = [.. others.Select(e => e.Id)];
        await db.Addresses.Where(a => changed.Contains(a.Id)).ExecuteUpdateAsync(set => set.SetProperty(a => a.IsActive, isActive), ct);
        await BumpAsync(changed, ct);
        return [];
    }

    private async Task<Dictionary<long, Problem>> SetQuotaAsync(IReadOnlyList<AddressEntry> entries, CancellationToken ct)
    {
        var problems = new Dictionary<long, Problem>();
        var (quota, changed) = (job.QuotaBytes, new List<long>());
        foreach (var entry in entries.Where(e => e.Mailbox!.QuotaBytes != quota))
        {
            var before = entry.Mailbox!.QuotaBytes;
            var reasons = await db.ChargeAsync(entry.DomainId, DomainCharge.Changing(before, quota), ct);
            if (reasons is not [])
            {
                problems[entry.Id] = reasons is [var reason, ..] ? reason : new Problem("", "JobThingGone");
                continue;
            }
            changed.Add(entry.Id);
            db.Audit(actor, "mailbox.update", entry.Address, entry.DomainId, new { QuotaBytes = before }, new { QuotaBytes = quota });
        }
        await db.Mailboxes.Where(m => changed.Contains(m.AddressId)).ExecuteUpdateAsync(set => set.SetProperty(m => m.QuotaBytes, quota), ct);
        await BumpAsync(changed, ct);
        return problems;
    }

    private Dictionary<long, Problem> Switch(IReadOnlyList<AddressEntry> entries, Func<MailboxAccess, MailboxAccess> change)
    {
        foreach (var entry in entries)
        {
            var before = MailboxAccess.Of(entry.Mailbox!);
            var after = change(before);
            if (after == before) continue;

            after.ApplyTo(entry.Mailbox!);
            db.Audit(actor, "mailbox.update", entry.Address, entry.DomainId, new { Access = before }, new { Access = after });
        }
        return [];
    }

    private async Task<Dictionary<long, Problem>> DeleteAsync(IReadOnlyList<AddressEntry> entries, CancellationToken ct)
    {
        await db.RecycleAsync(entries, actor, ct);
        return [];
    }

    // Past the change tracker, so the version and the time are set here.
    private async Task BumpAsync(IReadOnlyList<long> addressIds, CancellationToken ct)
    {
        var now = db.UtcNow;
        if (job.Kind == JobKind.Mailboxes)
        {
            await db.Mailboxes.Where(m => addressIds.Contains(m.AddressId))
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.Version, m => m.Version + 1).SetProperty(m => m.UpdatedAt, now), ct);
        }
        else
        {
            await db.Aliases.Where(a => addressIds.Contains(a.AddressId))
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Version, a => a.Version + 1).SetProperty(a => a.UpdatedAt, now), ct);
        }
    }
}
