using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>A mailbox that somebody wants, with every value read and none of them asked of the database: what one form, and each line of an import, becomes.</summary>
internal sealed record MailboxDraft(
    EmailAddress Address, string? DisplayName, long? Quota, IReadOnlyList<EmailAddress> Forwards, bool KeepsCopy, bool IsActive, MailboxAccess Access, ActivePeriod Period,
    string? RecoveryAddress)
{
    /// <summary>What it takes of its domain.</summary>
    public DomainCharge Charge => DomainCharge.Adding(Quota);

    /// <summary>Null where something is wrong, which <paramref name="reading"/> then says.</summary>
    /// <param name="of">The domain that it shall be in.</param>
    public static MailboxDraft? Read(CreateMailbox.Input input, MailDomain of, RecipientDelimiter delimiter, DateTime now, Reading reading)
    {
        const string At = nameof(CreateMailbox.Input.LocalPart);
        var domain = of.Name;
        var localPart = reading.LocalPart(At, input.LocalPart);
        if (localPart is { IsMailboxSafe: false }) reading.Add(new Problem(At, "LocalPartNotForMailbox", localPart.Value.Value));
        else if (localPart is { } name && delimiter.Cuts(name.Value)) reading.Add(CutBy(delimiter, At));
        var displayName = reading.Note(nameof(input.DisplayName), input.DisplayName);
        var quota = input.HasNoQuota ? null : reading.Size(nameof(input.Quota), input.Quota, ByteSize.MaxOfMailbox) ?? of.DefaultQuota;
        var address = localPart is { } local ? new EmailAddress(local, domain) : (EmailAddress?)null;
        var forwards = input.ReadForwards(reading, address?.Value);
        var access = input.ReadAccess(reading);
        var period = ActivePeriod.Read(reading, input.ActiveFrom, input.ActiveUntil, stored: default, now);
        var recovery = input.ReadRecovery(reading, address?.Value);
        if (!input.GeneratesPassword)
            reading.Add(PasswordRules.Check(input.Password, nameof(input.Password), of.PasswordMinLength, localPart?.Value, address?.Value, domain.Value, domain.Unicode, displayName));

        return address is { } found ? new MailboxDraft(found, displayName, quota, forwards, forwards.Count == 0 || input.KeepsCopy, input.IsActive, access, period, recovery) : null;
    }

    /// <summary>That a mailbox of this name would get no mail.</summary>
    /// <param name="field">Where the name was typed.</param>
    public static Problem CutBy(RecipientDelimiter delimiter, string field) => new(field, "LocalPartHasDelimiter", delimiter.Sign);

    /// <summary>That somebody owns the address already.</summary>
    public Problem TakenBy(AddressKind owner) =>
        new(nameof(CreateMailbox.Input.LocalPart), AddressTaken.Code(owner), Address.Unicode);

    /// <summary>Charges the domain, whose lock this takes, and adds the rows and the audit entry; the caller saves.</summary>
    /// <returns>The domain's reasons against it; null where the domain is gone.</returns>
    public async Task<(Mailbox? Mailbox, IReadOnlyList<Problem>? Reasons)> AddToAsync(AdminDb db, long domainId, string passwordHash, Actor actor, CancellationToken ct)
    {
        var reasons = await db.ChargeAsync(domainId, Charge, ct);
        if (reasons is not []) return (null, reasons);

        var entry = new AddressEntry { Address = Address.Value, DomainId = domainId, Kind = AddressKind.Mailbox, IsActive = IsActive, Figures = new MailboxFigures { DomainId = domainId } };
        (entry.ActiveFrom, entry.ActiveUntil) = Period;
        entry.Destinations.AddRange(Forwards.Select(DestinationList.ToRow));
        var mailbox = new Mailbox
        {
            Entry = entry,
            DisplayName = DisplayName,
            PasswordHash = passwordHash,
            PasswordChangedAt = db.UtcNow,
            Home = MailboxHome.New(),
            QuotaBytes = Quota,
            KeepsCopy = KeepsCopy,
            RecoveryAddress = RecoveryAddress,
        };
        Access.ApplyTo(mailbox);
        await db.ForgetRecordsAsync(entry.Address, ct);
        db.Mailboxes.Add(mailbox);
        if (await db.Domains.AnyAsync(d => d.Id == domainId && d.WelcomeLanguage != null, ct))
            db.Notices.Add(Notice.Of(NoticeKind.Welcome, mailbox, db.UtcNow));
        db.Audit(actor, "mailbox.create", entry.Address, domainId, after: MailboxState.Of(mailbox));
        return (mailbox, reasons);
    }
}
