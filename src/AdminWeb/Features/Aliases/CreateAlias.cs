using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>Adds an alias, or the catch-all, to a hosted domain that the actor administers, within the domain's limit.</summary>
public sealed class CreateAlias(AdminDb db)
{
    public sealed record Input
    {
        /// <summary>True: everyone in the domain. It has no <see cref="Destinations"/>: they are the domain's active mailboxes, at any moment.</summary>
        public bool IsGroup { get; init; }

        /// <summary>The hosted domain, in Unicode or A-labels. One that is not there, or not the actor's, is NotFound.</summary>
        public string? DomainName { get; init; }

        /// <summary>True: the domain's catch-all, and <see cref="LocalPart"/> is empty. A choice of its own, since an empty field is easily forgotten.</summary>
        public bool IsCatchAll { get; init; }

        public string? LocalPart { get; init; }

        /// <summary>Addresses separated by line ends, commas or spaces.</summary>
        public string? Destinations { get; init; }

        public string? Comment { get; init; }

        public bool IsActive { get; init; } = true;

        /// <summary>The first day, or moment, in UTC; empty: at once.</summary>
        public string? ActiveFrom { get; init; }

        /// <summary>The last day, or the moment of the end, in UTC; empty: no end.</summary>
        public string? ActiveUntil { get; init; }

        /// <summary>True: mail to it is taken from people who have signed in and from this host, and from nobody else.</summary>
        public bool IsInternal { get; init; }

        /// <summary>True: each mailbox among its destinations may send as it. An alias with one destination needs no such leave.</summary>
        public bool MembersMaySend { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!DomainName.TryParse(input.DomainName, out var name)) return Outcome.NotFound<Saved>();

        var domainId = await db.Domains.PermittedTo(actor, DomainPermissions.Aliases).Where(d => d.Name == name && d.Kind == DomainKind.Hosted)
            .Select(d => (long?)d.Id).FirstOrDefaultAsync(ct);
        if (domainId is null) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var address = ReadAddress(input, name, reading);
        var destinations = DestinationList.Read(reading, nameof(Input.Destinations), input.Destinations, address, isRequired: !input.IsGroup);
        var comment = reading.Note(nameof(Input.Comment), input.Comment);
        var period = ActivePeriod.Read(reading, input.ActiveFrom, input.ActiveUntil, stored: default, db.UtcNow);
        if (address is not null && await db.OwnerOfAsync(address, ct) is { } owner)
            reading.Add(new Problem(nameof(Input.LocalPart), AddressTaken.Code(owner), address));
        if (input.IsCatchAll && input.MembersMaySend) reading.Add(new Problem(nameof(Input.MembersMaySend), "CatchAllHasNoMembers"));
        if (input.IsGroup) reading.Add(await GroupProblemAsync(input, destinations.Count, domainId.Value, ct));
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        return await db.InTransactionAsync(
            async token =>
            {
                var reasons = await db.ChargeAsync(domainId.Value, new DomainCharge(Aliases: 1), token);
                if (reasons is null) return Outcome.NotFound<Saved>();
                if (reasons.Count > 0) return Outcome.Refused<Saved>(reasons);

                var kind = input.IsCatchAll ? AddressKind.CatchAll : AddressKind.Alias;
                var entry = new AddressEntry { Address = address!, DomainId = domainId.Value, Kind = kind, IsActive = input.IsActive, ActiveFrom = period.From, ActiveUntil = period.Until,
                    IsInternal = input.IsInternal, MembersMaySend = input.MembersMaySend, IsGroup = input.IsGroup };
                entry.Destinations.AddRange(destinations.Select(DestinationList.ToRow));
                var alias = new Alias { Entry = entry, Kind = kind, Comment = comment };
                db.Aliases.Add(alias);
                db.Audit(actor, "alias.create", entry.Address, domainId, after: AliasState.Of(alias));
                if (await db.ForwardProblemAsync(input.IsGroup ? "" : nameof(Input.Destinations), [entry], actor, token) is { } endless) return Outcome.Refused<Saved>(endless);

                return Outcome.Done(new Saved(alias.Id, entry.Address));
            },
            new Problem(nameof(Input.LocalPart), "AddressTakenJustNow", address!),
            ct);
    }

    private async Task<Problem?> GroupProblemAsync(Input input, int destinations, long domainId, CancellationToken ct)
    {
        if (destinations > 0) return new Problem(nameof(Input.Destinations), "GroupHasNoDestinations");
        if (input.IsCatchAll) return new Problem(nameof(Input.IsCatchAll), "CatchAllIsNoGroup");
        if (input.MembersMaySend) return new Problem(nameof(Input.MembersMaySend), "GroupMembersMayNotSend");

        var size = await GroupSize.OfAsync(db, domainId, ct);
        return size.Fits ? null : new Problem("", "GroupTooLarge", size.Addresses, Expansion.Limit);
    }

    private static string? ReadAddress(Input input, DomainName domain, Reading reading)
    {
        if (input.IsCatchAll)
        {
            if (!string.IsNullOrWhiteSpace(input.LocalPart)) reading.Add(new Problem(nameof(Input.LocalPart), "CatchAllHasNoLocalPart"));
            return AddressSpace.CatchAllOf(domain);
        }
        var localPart = reading.LocalPart(nameof(Input.LocalPart), input.LocalPart);
        if (localPart is { IsAscii: false }) reading.Add(new Problem(nameof(Input.LocalPart), "LocalPartNotAscii", localPart.Value.Value));
        return localPart is { } local ? new EmailAddress(local, domain).Value : null;
    }
}
