using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.Vacations;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Changes a mailbox's name, quota, state, dates, forwards, and how its owner may reach it.</summary>
public sealed class UpdateMailbox(AdminDb db)
{
    /// <summary>An empty <see cref="MailboxForm.Quota"/> is no quota.</summary>
    public sealed record Input : MailboxForm
    {
        public long Id { get; init; }

        /// <summary>The version the form was filled from.</summary>
        public long Version { get; init; }

        public bool IsActive { get; init; } = true;
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var stored = await db.Mailboxes.PermittedTo(actor, DomainPermissions.Mailboxes).Where(m => m.Id == input.Id)
            .Select(m => new { m.Entry!.Address, m.Entry.ActiveFrom, m.Entry.ActiveUntil }).FirstOrDefaultAsync(ct);
        if (stored is null) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var displayName = reading.Note(nameof(Input.DisplayName), input.DisplayName);
        var quota = reading.Size(nameof(Input.Quota), input.Quota, ByteSize.MaxOfMailbox);
        var forwards = input.ReadForwards(reading, stored.Address);
        var access = input.ReadAccess(reading);
        var recovery = input.ReadRecovery(reading, stored.Address);
        var period = ActivePeriod.Read(reading, input.ActiveFrom, input.ActiveUntil, new ActivePeriod(stored.ActiveFrom, stored.ActiveUntil), db.UtcNow);
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        var wanted = new Wanted(displayName, quota, forwards, forwards.Count == 0 || input.KeepsCopy, input.IsActive, access, period, recovery);
        return await db.InTransactionAsync(token => UpdateAsync(input, wanted, actor, token), duplicate: null, ct);
    }

    private async Task<Outcome<Saved>> UpdateAsync(Input input, Wanted wanted, Actor actor, CancellationToken ct)
    {
        var mailbox = await db.LockMailboxAsync(input.Id, actor, ct);
        if (mailbox is null) return Outcome.NotFound<Saved>();
        if (mailbox.Version != input.Version) return Outcome.Conflict<Saved>(mailbox.Version);

        var entry = mailbox.Entry!;
        if (wanted.Quota != mailbox.QuotaBytes)
        {
            var reasons = await db.ChargeAsync(entry.DomainId, DomainCharge.Changing(mailbox.QuotaBytes, wanted.Quota), ct);
            if (reasons is null) return Outcome.NotFound<Saved>();
            if (reasons.Count > 0) return Outcome.Refused<Saved>(reasons);
        }

        var before = MailboxState.Of(mailbox);
        var stopsKeeping = mailbox.KeepsCopy && !wanted.KeepsCopy;
        if (stopsKeeping && await db.VacationProblemAsync(mailbox.Id, nameof(Input.KeepsCopy), ct) is { } answers) return Outcome.Refused<Saved>(answers);

        mailbox.DisplayName = wanted.DisplayName;
        mailbox.QuotaBytes = wanted.Quota;
        mailbox.KeepsCopy = wanted.KeepsCopy;
        mailbox.RecoveryAddress = wanted.RecoveryAddress;
        wanted.Access.ApplyTo(mailbox);
        entry.IsActive = wanted.IsActive;
        (entry.ActiveFrom, entry.ActiveUntil) = wanted.Period;
        var leadsFurther = DestinationList.Apply(entry, wanted.Forwards);
        db.MarkChanged(mailbox);
        db.Audit(actor, "mailbox.update", entry.Address, entry.DomainId, before, MailboxState.Of(mailbox));
        if ((leadsFurther || stopsKeeping) && await db.ForwardProblemAsync(nameof(Input.Forwards), [entry], actor, ct) is { } endless) return Outcome.Refused<Saved>(endless);

        return Outcome.Done(new Saved(mailbox.Id, entry.Address));
    }

    private sealed record Wanted(string? DisplayName, long? Quota, IReadOnlyList<EmailAddress> Forwards, bool KeepsCopy, bool IsActive, MailboxAccess Access, ActivePeriod Period, string? RecoveryAddress);
}
