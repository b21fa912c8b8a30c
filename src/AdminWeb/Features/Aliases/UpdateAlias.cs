using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>Changes an alias's, or a catch-all's, destinations, comment, dates and state.</summary>
public sealed class UpdateAlias(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>The version the form was filled from.</summary>
        public long Version { get; init; }

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
        var entry = await db.Aliases.VisibleTo(actor).Where(a => a.Id == input.Id)
            .Select(a => new { a.Kind, a.Entry!.Address, a.Entry.IsGroup, a.Entry.ActiveFrom, a.Entry.ActiveUntil }).FirstOrDefaultAsync(ct);
        if (entry is null) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var destinations = DestinationList.Read(reading, nameof(Input.Destinations), input.Destinations, entry.Address, isRequired: !entry.IsGroup);
        var comment = reading.Note(nameof(Input.Comment), input.Comment);
        var period = ActivePeriod.Read(reading, input.ActiveFrom, input.ActiveUntil, new ActivePeriod(entry.ActiveFrom, entry.ActiveUntil), db.UtcNow);
        if (entry.Kind == AddressKind.CatchAll && input.MembersMaySend) reading.Add(new Problem(nameof(Input.MembersMaySend), "CatchAllHasNoMembers"));
        if (entry.IsGroup && destinations.Count > 0) reading.Add(new Problem(nameof(Input.Destinations), "GroupHasNoDestinations"));
        if (entry.IsGroup && input.MembersMaySend) reading.Add(new Problem(nameof(Input.MembersMaySend), "GroupMembersMayNotSend"));
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        return await db.InTransactionAsync(
            async token =>
            {
                var alias = await db.LockAliasAsync(input.Id, actor, token);
                if (alias is null) return Outcome.NotFound<Saved>();
                if (alias.ProtectionFrom(actor) is { } protection) return Outcome.Refused<Saved>(protection);
                if (alias.Version != input.Version) return Outcome.Conflict<Saved>(alias.Version);

                var before = AliasState.Of(alias);
                alias.Comment = comment;
                alias.Entry!.IsActive = input.IsActive;
                (alias.Entry.ActiveFrom, alias.Entry.ActiveUntil) = period;
                (alias.Entry.IsInternal, alias.Entry.MembersMaySend) = (input.IsInternal, input.MembersMaySend);
                var leadsFurther = DestinationList.Apply(alias.Entry, destinations);
                db.MarkChanged(alias);
                db.Audit(actor, "alias.update", alias.Entry.Address, alias.Entry.DomainId, before, AliasState.Of(alias));
                if (leadsFurther && await db.ForwardProblemAsync(nameof(Input.Destinations), [alias.Entry], actor, token) is { } endless) return Outcome.Refused<Saved>(endless);

                return Outcome.Done(new Saved(alias.Id, alias.Entry.Address));
            },
            duplicate: null,
            ct);
    }
}
