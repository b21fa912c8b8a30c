using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Domains;

/// <summary>Changes a hosted domain's description, limits, default quota and state. Superadmins, and description and limits whoever is permitted.</summary>
public sealed class UpdateDomain(AdminDb db)
{
    public sealed record Input : DomainInput
    {
        public long Id { get; init; }

        /// <summary>The version the form was filled from.</summary>
        public long Version { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!await db.Domains.PermittedTo(actor, DomainPermissions.Limits).AnyAsync(d => d.Id == input.Id, ct)) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var choices = input.Read(reading);
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        return await db.InTransactionAsync(token => UpdateAsync(input, choices, actor, token), duplicate: null, ct);
    }

    private async Task<Outcome<Saved>> UpdateAsync(Input input, DomainChoices choices, Actor actor, CancellationToken ct)
    {
        if (!await db.LockDomainAsync(input.Id, ct)) return Outcome.NotFound<Saved>();

        var domain = await db.Domains.PermittedTo(actor, DomainPermissions.Limits).Include(d => d.Tags).FirstOrDefaultAsync(d => d.Id == input.Id && d.Kind == DomainKind.Hosted, ct);
        if (domain is null) return Outcome.NotFound<Saved>();
        if (domain.Version != input.Version) return Outcome.Conflict<Saved>(domain.Version);

        choices = choices.For(actor, DomainChoices.Of(domain));
        var problems = await ConflictsAsync(domain, choices, ct);
        if (problems.Count > 0) return Outcome.Refused<Saved>(problems);

        if (choices.PasswordMaxAgeDays is { } days && !(domain.PasswordMaxAgeDays <= days))
            await db.EndSessionsOfOldPasswordsAsync(domain.Id, domain.PasswordMaxAgeDays, days, ct);
        db.Audit(actor, "domain.update", domain.Name.Value, domain.Id, DomainChoices.Of(domain), choices);
        choices.ApplyTo(domain);
        db.MarkChanged(domain);
        return Outcome.Done(new Saved(domain.Id, domain.Name.Value));
    }

    // A limit below what is there would only refuse the next mailbox, with a sentence nobody understands.
    private async Task<List<Problem>> ConflictsAsync(MailDomain domain, DomainChoices choices, CancellationToken ct)
    {
        var problems = new List<Problem>();
        if (choices.MailboxLimit < domain.MailboxCount)
            problems.Add(new Problem(nameof(Input.MailboxLimit), "MailboxLimitBelowCount", domain.MailboxCount));
        if (choices.AliasLimit < domain.AliasCount)
            problems.Add(new Problem(nameof(Input.AliasLimit), "AliasLimitBelowCount", domain.AliasCount));
        if (choices.QuotaLimit < domain.AllocatedQuota && !choices.AllowsOvercommit)
            problems.Add(new Problem(nameof(Input.QuotaLimit), "QuotaLimitBelowAllocated", new ByteSize(domain.AllocatedQuota)));
        if (choices.PasswordMaxAgeDays is not null && !domain.OwnerRights.HasFlag(OwnerRights.Password)) problems.Add(new Problem(nameof(Input.PasswordMaxAge), "PasswordAgeNeedsRight"));
        if (await MisfitAsync(domain, choices, ct) is { } misfit) problems.Add(misfit);
        return problems;
    }

    /// <summary>The first mailbox that has no quota where each needs one, or a larger one than any may have.</summary>
    private async Task<Problem?> MisfitAsync(MailDomain domain, DomainChoices choices, CancellationToken ct)
    {
        var largest = choices.MailboxQuotaLimit < (domain.MailboxQuotaLimit ?? long.MaxValue) ? choices.MailboxQuotaLimit : null;
        var needsQuotas = domain is { QuotaLimit: null, MailboxQuotaLimit: null } && choices is not { QuotaLimit: null, MailboxQuotaLimit: null };
        if (largest is null && !needsQuotas) return null;

        var misfit = await db.Mailboxes.Where(m => m.Entry!.DomainId == domain.Id && ((needsQuotas && m.QuotaBytes == null) || m.QuotaBytes > largest))
            .OrderBy(m => m.Entry!.Address).Select(m => new { m.Entry!.Address, m.QuotaBytes }).FirstOrDefaultAsync(ct);
        if (misfit is null) return null;

        var field = choices.QuotaLimit is null || largest is not null ? nameof(Input.MailboxQuotaLimit) : nameof(Input.QuotaLimit);
        return misfit.QuotaBytes is { } quota
            ? new Problem(field, "LargestBelowQuota", misfit.Address, new ByteSize(quota))
            : new Problem(field, "QuotaLimitNeedsQuotas", misfit.Address);
    }
}
