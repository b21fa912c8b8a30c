using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Adds a mailbox to a hosted domain that the actor administers, within the domain's limits.</summary>
public sealed class CreateMailbox(AdminDb db, PasswordHasher hasher)
{
    public sealed record Input : MailboxForm
    {
        /// <summary>The hosted domain, in Unicode or A-labels. One that is not there, or not the actor's, is NotFound.</summary>
        public string? DomainName { get; init; }

        public string? LocalPart { get; init; }

        /// <summary>True: the panel makes the password and answers it once. False: <see cref="Password"/>.</summary>
        public bool GeneratesPassword { get; init; }

        public string? Password { get; init; }

        /// <summary>True: no quota. False: <see cref="MailboxForm.Quota"/>, or the domain's default where that is empty.</summary>
        public bool HasNoQuota { get; init; }

        public bool IsActive { get; init; } = true;
    }

    public async Task<Outcome<SavedWithPassword>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!DomainName.TryParse(input.DomainName, out var name)) return Outcome.NotFound<SavedWithPassword>();

        var domain = await db.Domains.PermittedTo(actor, DomainPermissions.Mailboxes).Where(d => d.Name == name && d.Kind == DomainKind.Hosted)
            .Select(d => new { d.Id, d.DefaultQuota }).FirstOrDefaultAsync(ct);
        if (domain is null) return Outcome.NotFound<SavedWithPassword>();

        var reading = new Reading();
        var draft = await ReadAsync(input, name, domain.DefaultQuota, reading, ct);
        if (draft is null) return Outcome.Refused<SavedWithPassword>(reading.Problems);

        // Before the transaction: a hash takes a tenth of a second, and nobody should wait for the domain's lock that long.
        var password = input.GeneratesPassword ? PasswordGenerator.Generate() : input.Password!;
        var hash = hasher.Hash(password);
        return await db.InTransactionAsync(
            token => InsertAsync(draft, domain.Id, hash, input.GeneratesPassword ? password : null, actor, token),
            new Problem(nameof(Input.LocalPart), "AddressTakenJustNow", draft.Address.Unicode),
            ct);
    }

    private async Task<Draft?> ReadAsync(Input input, DomainName domain, long? defaultQuota, Reading reading, CancellationToken ct)
    {
        var localPart = reading.LocalPart(nameof(Input.LocalPart), input.LocalPart);
        if (localPart is { IsMailboxSafe: false }) reading.Add(new Problem(nameof(Input.LocalPart), "LocalPartNotForMailbox", localPart.Value.Value));
        var displayName = reading.Note(nameof(Input.DisplayName), input.DisplayName);
        var quota = input.HasNoQuota ? null : reading.Size(nameof(Input.Quota), input.Quota, ByteSize.MaxOfMailbox) ?? defaultQuota;
        var address = localPart is { } local ? new EmailAddress(local, domain) : (EmailAddress?)null;
        var forwards = input.ReadForwards(reading, address?.Value);
        var access = input.ReadAccess(reading);
        var period = ActivePeriod.Read(reading, input.ActiveFrom, input.ActiveUntil, stored: default, db.UtcNow);
        if (!input.GeneratesPassword)
            reading.Add(PasswordRules.Check(input.Password, nameof(Input.Password), localPart?.Value, address?.Value, domain.Value, domain.Unicode));
        if (address is { } wanted && await db.OwnerOfAsync(wanted.Value, ct) is { } owner)
            reading.Add(new Problem(nameof(Input.LocalPart), owner == AddressKind.Mailbox ? "AddressTakenByMailbox" : "AddressTakenByAlias", wanted.Unicode));
        if (!reading.HasProblems) reading.Add(await AliasGraph.CheckForwardsAsync(db, nameof(Input.Forwards), address!.Value.Value, forwards, input.KeepsCopy, ct));
        if (reading.HasProblems) return null;

        return new Draft(address!.Value, displayName, quota, forwards, forwards.Count == 0 || input.KeepsCopy, input.IsActive, access, period);
    }

    private async Task<Outcome<SavedWithPassword>> InsertAsync(
        Draft draft, long domainId, string hash, string? generated, Actor actor, CancellationToken ct)
    {
        var reasons = await db.ChargeAsync(domainId, DomainCharge.Adding(draft.Quota), ct);
        if (reasons is null) return Outcome.NotFound<SavedWithPassword>();
        if (reasons.Count > 0) return Outcome.Refused<SavedWithPassword>(reasons);

        var entry = new AddressEntry { Address = draft.Address.Value, DomainId = domainId, Kind = AddressKind.Mailbox, IsActive = draft.IsActive };
        (entry.ActiveFrom, entry.ActiveUntil) = draft.Period;
        entry.Destinations.AddRange(draft.Forwards.Select(DestinationList.ToRow));
        var mailbox = new Mailbox
        {
            Entry = entry,
            DisplayName = draft.DisplayName,
            PasswordHash = hash,
            PasswordChangedAt = db.UtcNow,
            Home = MailboxHome.New(),
            QuotaBytes = draft.Quota,
            KeepsCopy = draft.KeepsCopy,
        };
        draft.Access.ApplyTo(mailbox);
        await db.ForgetRecordsAsync(entry.Address, ct);
        db.Mailboxes.Add(mailbox);
        db.Audit(actor, "mailbox.create", entry.Address, domainId, after: MailboxState.Of(mailbox));
        await db.SaveChangesAsync(ct);
        return Outcome.Done(new SavedWithPassword(mailbox.Id, entry.Address, generated));
    }

    private sealed record Draft(
        EmailAddress Address, string? DisplayName, long? Quota, IReadOnlyList<EmailAddress> Forwards, bool KeepsCopy, bool IsActive, MailboxAccess Access, ActivePeriod Period);
}
