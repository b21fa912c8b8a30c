using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.OwnAliases;

/// <summary>Makes an address of the actor's own, whose mail goes to the actor's mailbox, within the limits of its domain. The owner may send as it while it is active, as an alias with one destination.</summary>
public sealed class AddOwnAlias(AdminDb db)
{
    public sealed record Input
    {
        /// <summary>What it begins with; empty: something random.</summary>
        public string? Word { get; init; }

        /// <summary>What it was made for.</summary>
        public string? Comment { get; init; }

        /// <summary>The last day, or the moment of the end, in UTC; empty: no end.</summary>
        public string? ActiveUntil { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!await db.Mailboxes.OwnedBy(actor, OwnerRights.Aliases).AnyAsync(ct)) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var name = OwnAliasName.Make(nameof(Input.Word), input.Word, await db.RecipientDelimiterAsync(ct), reading);
        var comment = reading.Note(nameof(Input.Comment), input.Comment);
        var period = ActivePeriod.Read(reading, from: null, input.ActiveUntil, stored: default, db.UtcNow);
        if (name is not { } local || reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        return await db.InTransactionAsync(token => SaveAsync(local, comment, period, actor, token), new Problem(nameof(Input.Word), "AddressTakenJustNow", local.Value), ct);
    }

    private async Task<Outcome<Saved>> SaveAsync(LocalPart name, string? comment, ActivePeriod period, Actor actor, CancellationToken ct)
    {
        var found = await db.Mailboxes.OwnedBy(actor, OwnerRights.Aliases).Select(m => new { m.AddressId, m.Entry!.DomainId }).FirstOrDefaultAsync(ct);
        if (found is null) return Outcome.NotFound<Saved>();

        // Takes the domain's lock: nobody has the last place twice.
        var reasons = await db.ChargeAsync(found.DomainId, new DomainCharge(Aliases: 1), ct);
        if (reasons is null) return Outcome.NotFound<Saved>();

        var mailbox = await db.Mailboxes.OwnedBy(actor, OwnerRights.Aliases).Include(m => m.Entry!.Domain).FirstOrDefaultAsync(m => m.Entry!.DomainId == found.DomainId, ct);
        if (mailbox is null) return Outcome.NotFound<Saved>();
        var limit = OwnedAlias.LimitOf(mailbox.Entry!.Domain!.OwnAliasLimit);
        if (await db.Aliases.CountAsync(a => a.OwnerAddressId == mailbox.AddressId, ct) >= limit) reasons = [.. reasons, new Problem("", "OwnAliasLimitReached", limit)];
        if (reasons.Count > 0) return Outcome.Refused<Saved>(reasons);

        var target = EmailAddress.Parse(mailbox.Entry.Address);
        var entry = new AddressEntry { Address = new EmailAddress(name, target.Domain).Value, DomainId = found.DomainId, Kind = AddressKind.Alias, IsActive = true, ActiveUntil = period.Until };
        entry.Destinations.Add(DestinationList.ToRow(target));
        var alias = new Alias { Entry = entry, Comment = comment, OwnerAddressId = mailbox.AddressId };
        db.Aliases.Add(alias);
        db.Audit(actor, "alias.create", entry.Address, found.DomainId, after: AliasState.Of(alias));
        await db.SaveChangesAsync(ct);
        return Outcome.Done(new Saved(alias.Id, entry.Address));
    }
}
