using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>
/// Gives a mailbox another address, in its domain or in another one of the actor's. Mail, password, usage and rights
/// stay with it: its home is its own.
/// </summary>
public sealed class RenameMailbox(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>The whole new address.</summary>
        public string? NewAddress { get; init; }

        /// <summary>True: the old address becomes an alias to the new one. False: it is free, and mail to it is refused.</summary>
        public bool KeepsOldAddress { get; init; } = true;

        /// <summary>Whether aliases and forwards that lead to the old address, and that the actor manages, lead to the new one from now on.</summary>
        public bool MovesDestinations { get; init; } = true;
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var old = await db.Mailboxes.PermittedTo(actor, DomainPermissions.Mailboxes).Where(m => m.Id == input.Id)
            .Select(m => new { m.Entry!.Address, m.Entry.DomainId }).FirstOrDefaultAsync(ct);
        if (old is null) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        if (Read(reading, await db.RecipientDelimiterAsync(ct), input.NewAddress) is not { } address) return Outcome.Refused<Saved>(reading.Problems);
        if (address.Value == old.Address) return Refused("AddressUnchanged", address.Unicode);

        var name = address.Domain;
        var domainId = await db.Domains.PermittedTo(actor, DomainPermissions.Mailboxes).Where(d => d.Name == name && d.Kind == DomainKind.Hosted).Select(d => (long?)d.Id).FirstOrDefaultAsync(ct);
        if (domainId is null) return Refused("DomainNotYours", name.Unicode);
        // What stays behind is an alias like any other: whoever may not add one leaves none.
        if (input.KeepsOldAddress && !await db.Domains.PermittedTo(actor, DomainPermissions.Aliases).AnyAsync(d => d.Id == old.DomainId, ct))
            return Outcome.Refused<Saved>(new Problem(nameof(Input.KeepsOldAddress), "AliasesNotYours", EmailAddress.Parse(old.Address).Domain.Unicode));
        if (await db.OwnerOfAsync(address.Value, ct) is { } owner)
            return Refused(AddressTaken.Code(owner), address.Unicode);

        var move = new Move(EmailAddress.Parse(old.Address), old.DomainId, address, domainId.Value);
        return await db.InTransactionAsync(
            token => RenameAsync(input, move, actor, token), new Problem(nameof(Input.NewAddress), "AddressTakenJustNow", address.Unicode), ct);
    }

    private static EmailAddress? Read(Reading reading, RecipientDelimiter delimiter, string? text)
    {
        if (!EmailAddress.TryParse(text, out var address, out var fault))
            reading.Add(new Problem(nameof(Input.NewAddress), fault == AddressFault.Empty ? "AddressEmpty" : fault.ToString(), (text ?? "").Trim()));
        else if (!address.LocalPart.IsMailboxSafe) reading.Add(new Problem(nameof(Input.NewAddress), "LocalPartNotForMailbox", address.LocalPart.Value));
        else if (delimiter.Cuts(address.LocalPart.Value)) reading.Add(MailboxDraft.CutBy(delimiter, nameof(Input.NewAddress)));
        else return address;
        return null;
    }

    private async Task<Outcome<Saved>> RenameAsync(Input input, Move move, Actor actor, CancellationToken ct)
    {
        // Both domains in one order, whoever moves which way: two moves against each other wait and do not lock up.
        foreach (var id in new[] { move.FromDomain, move.ToDomain }.Distinct().Order())
        {
            if (!await db.LockDomainAsync(id, ct)) return Outcome.NotFound<Saved>();
        }
        var mailbox = await db.Mailboxes.PermittedTo(actor, DomainPermissions.Mailboxes).Include(m => m.Entry).ThenInclude(e => e!.Figures).FirstOrDefaultAsync(m => m.Id == input.Id, ct);
        if (mailbox is null) return Outcome.NotFound<Saved>();
        if (mailbox.Entry!.Address != move.From.Value) return Outcome.Conflict<Saved>(mailbox.Version);
        if (await ChargeAsync(move, mailbox, input.KeepsOldAddress, ct) is { Count: > 0 } reasons) return Outcome.Refused<Saved>(reasons);

        var isActive = mailbox.Entry.IsActive;
        (mailbox.Entry.Address, mailbox.Entry.DomainId) = (move.To.Value, move.ToDomain);
        if (mailbox.Entry.Figures is { } figures) figures.DomainId = move.ToDomain;
        db.MarkChanged(mailbox);
        var leading = input.MovesDestinations ? await (await db.LeadingToAsync(mailbox.AddressId, move.From.Value, move.FromDomain, ct)).ToListAsync(ct) : [];
        await db.SaveChangesAsync(ct);
        await db.RenameRecordsAsync(move.From.Value, move.To.Value, ct);
        var followers = await MoveDestinationsAsync(move, leading.ToLookup(x => x.FromId, x => x.Address), actor, ct);
        AddressEntry[] changed = input.KeepsOldAddress ? [mailbox.Entry, AddAlias(move, isActive)] : [mailbox.Entry, .. await HeirsAsync(move, ct)];
        if (!input.KeepsOldAddress) await MoveGrantsAsync(move, ct);
        // Whoever looks for either address finds it, and so does who sees the logs of only one of the domains.
        foreach (var (subject, domainId) in ((EmailAddress, long)[])[(move.From, move.FromDomain), (move.To, move.ToDomain)])
        {
            db.Audit(
                actor, "mailbox.rename", subject.Value, domainId, new { Address = move.From.Value },
                new { Address = move.To.Value, input.KeepsOldAddress, Followers = followers });
        }
        return await db.ForwardProblemAsync(nameof(Input.NewAddress), changed, actor, ct) is { } endless
            ? Outcome.Refused<Saved>(endless) : Outcome.Done(new Saved(mailbox.Id, move.To.Value));
    }

    /// <summary>Who has the mail for the old address from now on, where nothing stays behind: the catch-all.</summary>
    private Task<List<AddressEntry>> HeirsAsync(Move move, CancellationToken ct) =>
        db.Addresses.Where(a => a.DomainId == move.FromDomain && a.Kind == AddressKind.CatchAll).ToListAsync(ct);

    /// <returns>What is in the way, with the field of the form; empty when charged.</returns>
    private async Task<IReadOnlyList<Problem>> ChargeAsync(Move move, Mailbox mailbox, bool keepsOld, CancellationToken ct)
    {
        var aliases = keepsOld ? 1 : 0;
        var reasons = new List<Problem>();
        if (move.FromDomain == move.ToDomain)
        {
            if (keepsOld) reasons.AddRange(await db.ChargeAsync(move.FromDomain, new DomainCharge(Aliases: 1), ct) ?? []);
        }
        else
        {
            reasons.AddRange(await db.ChargeAsync(move.FromDomain, new DomainCharge(Mailboxes: -1, Aliases: aliases, Quota: -(mailbox.QuotaBytes ?? 0)), ct) ?? []);
            reasons.AddRange(await db.ChargeAsync(move.ToDomain, DomainCharge.Adding(mailbox.QuotaBytes), ct) ?? []);
        }
        return [.. reasons.Select(r => r with { Field = "" })];
    }

    private AddressEntry AddAlias(Move move, bool isActive)
    {
        var entry = new AddressEntry { Address = move.From.Value, DomainId = move.FromDomain, Kind = AddressKind.Alias, IsActive = isActive };
        entry.Destinations.Add(DestinationList.ToRow(move.To));
        db.Aliases.Add(new Alias { Entry = entry, Kind = AddressKind.Alias });
        return entry;
    }

    /// <summary>What leads to the old address leads to the new one, with the extension it has.</summary>
    /// <param name="leading">Destinations, by the id of whoever has them.</param>
    private async Task<IReadOnlyList<string>> MoveDestinationsAsync(Move move, ILookup<long, string> leading, Actor actor, CancellationToken ct)
    {
        IReadOnlyList<long> ids = [.. leading.Select(x => x.Key)];
        var followers = ids.Count == 0 ? [] : await db.Addresses.ManagedBy(actor).Where(a => ids.Contains(a.Id))
            .Include(a => a.Destinations).Include(a => a.Alias).Include(a => a.Mailbox).ToListAsync(ct);
        foreach (var follower in followers)
        {
            var before = Destinations(follower);
            follower.Destinations.RemoveAll(d => leading[follower.Id].Contains(d.Address));
            DestinationList.Add(follower, leading[follower.Id].Select(move.Follow));
            if (follower.Alias is { } alias) db.MarkChanged(alias);
            if (follower.Mailbox is { } mailbox) db.MarkChanged(mailbox);
            db.Audit(
                actor, follower.Mailbox is null ? "alias.update" : "mailbox.update", follower.Address, follower.DomainId,
                new { Destinations = before }, new { Destinations = Destinations(follower) });
        }
        return [.. followers.Select(f => f.Address).Order(StringComparer.Ordinal)];
    }

    private static List<string> Destinations(AddressEntry entry) => [.. entry.Destinations.Select(d => d.Address).Order(StringComparer.Ordinal)];

    /// <summary>Whoever may send as the old address may send as the new one: it is the same mailbox.</summary>
    private async Task MoveGrantsAsync(Move move, CancellationToken ct)
    {
        var (from, to, domainId) = (move.From.Value, move.To.Value, move.ToDomain);
        await db.Database.ExecuteSqlAsync($"UPDATE IGNORE send_as_grants SET address = {to}, domain_id = {domainId} WHERE address = {from}", ct);
        await db.SendAsGrants.Where(g => g.Address == from).ExecuteDeleteAsync(ct);
    }

    private static Outcome<Saved> Refused(string code, object what) => Outcome.Refused<Saved>(new Problem(nameof(Input.NewAddress), code, what));

    private sealed record Move(EmailAddress From, long FromDomain, EmailAddress To, long ToDomain)
    {
        /// <summary>Where a destination leads that led to the old address; without its extension where both together are too long.</summary>
        public EmailAddress Follow(string destination)
        {
            var extension = destination[From.LocalPart.Value.Length..destination.LastIndexOf('@')];
            return EmailAddress.TryParse($"{To.LocalPart.Value}{extension}@{To.Domain.Value}", out var address) ? address : To;
        }
    }
}
