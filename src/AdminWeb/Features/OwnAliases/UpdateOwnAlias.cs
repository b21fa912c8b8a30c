using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.OwnAliases;

/// <summary>Switches an address of the actor's own on or off, or changes its note and its end. Where its mail goes stays.</summary>
public sealed class UpdateOwnAlias(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>The version the form was filled from.</summary>
        public long Version { get; init; }

        public bool IsActive { get; init; } = true;

        public string? Comment { get; init; }

        /// <summary>The last day, or the moment of the end, in UTC; empty: no end.</summary>
        public string? ActiveUntil { get; init; }
    }

    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            if (await db.LockOwnAliasAsync(input.Id, actor, token) is not { Entry: { } entry } alias) return Outcome.NotFound<Saved>();
            if (alias.Version != input.Version) return Outcome.Conflict<Saved>(alias.Version);

            var reading = new Reading();
            var comment = reading.Note(nameof(Input.Comment), input.Comment);
            var period = ActivePeriod.Read(reading, from: null, input.ActiveUntil, stored: new(entry.ActiveFrom, entry.ActiveUntil), db.UtcNow);
            if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

            var before = AliasState.Of(alias);
            (alias.Comment, entry.IsActive, entry.ActiveUntil) = (comment, input.IsActive, period.Until);
            db.MarkChanged(alias);
            db.Audit(actor, "alias.update", entry.Address, entry.DomainId, before, AliasState.Of(alias));
            return Outcome.Done(new Saved(alias.Id, entry.Address));
        },
        duplicate: null,
        ct);
}
