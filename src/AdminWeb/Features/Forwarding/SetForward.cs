using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Scripts;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.Vacations;

namespace AdminPanel.Web.Features.Forwarding;

/// <summary>Sends a mailbox's mail on to other addresses, or no longer, with the rules that hold for an admin, and those of the domain for its owners.</summary>
public sealed class SetForward(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>The version of the mailbox that the form was filled from.</summary>
        public long Version { get; init; }

        /// <summary>Addresses separated by line ends, commas or spaces; empty: none.</summary>
        public string? Forwards { get; init; }

        /// <summary>Whether mail is also stored here.</summary>
        public bool KeepsCopy { get; init; } = true;
    }

    public Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct) => db.InTransactionAsync(token => SetAsync(input, actor, token), duplicate: null, ct);

    private async Task<Outcome<Saved>> SetAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (await db.LockKeptMailboxAsync(input.Id, actor, OwnerRights.Forward, ct) is not { } mailbox) return Outcome.NotFound<Saved>();
        if (mailbox.Version != input.Version) return Outcome.Conflict<Saved>(mailbox.Version);

        var (entry, reading) = (mailbox.Entry!, new Reading());
        var wanted = DestinationList.Read(reading, nameof(Input.Forwards), input.Forwards, entry.Address, isRequired: false);
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        var before = ForwardState.Of(mailbox);
        var further = wanted.ExceptBy(before.Forwards, a => a.Value, StringComparer.Ordinal).ToList();
        if (await db.ForwardingProblemAsync(nameof(Input.Forwards), entry, further, actor, ct) is { } notAllowed) return Outcome.Refused<Saved>(notAllowed);

        var keepsCopy = wanted.Count == 0 || input.KeepsCopy;
        var stopsKeeping = mailbox.KeepsCopy && !keepsCopy;
        if (stopsKeeping && await db.VacationProblemAsync(mailbox.Id, nameof(Input.KeepsCopy), ct) is { } answers) return Outcome.Refused<Saved>(answers);

        mailbox.KeepsCopy = keepsCopy;
        var leadsFurther = DestinationList.Apply(entry, wanted);
        db.MarkChanged(mailbox);
        db.Audit(actor, "mailbox.set-forward", entry.Address, entry.DomainId, before, ForwardState.Of(mailbox));
        if ((leadsFurther || stopsKeeping) && await db.ForwardProblemAsync(nameof(Input.Forwards), [entry], actor, ct) is { } endless) return Outcome.Refused<Saved>(endless);

        return Outcome.Done(new Saved(mailbox.Id, entry.Address));
    }

    private sealed record ForwardState(IReadOnlyList<string> Forwards, bool KeepsCopy)
    {
        public static ForwardState Of(Data.Model.Mailbox mailbox) => new([.. mailbox.Entry!.Destinations.Select(d => d.Address).Order(StringComparer.Ordinal)], mailbox.KeepsCopy);
    }
}
