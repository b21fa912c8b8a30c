using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>Ends one of the actor's other sessions at the panel, or all of them, at their next request.</summary>
public sealed class EndPanelSessions(AdminDb db)
{
    public sealed record Input
    {
        /// <summary>The session that asks: it goes on.</summary>
        public long Own { get; init; }

        /// <summary>One of the others; null is all of them.</summary>
        public long? Id { get; init; }
    }

    /// <returns>How many ended.</returns>
    public Task<Outcome<int>> RunAsync(Input input, Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            var others = db.PanelSessions.Where(s => s.AccountId == actor.AccountId && s.Id != input.Own);
            if (input.Id is { } id) others = others.Where(s => s.Id == id);
            var ended = await others.ExecuteDeleteAsync(token);
            if (input.Id is not null && ended == 0) return Outcome.NotFound<int>();

            db.Audit(actor, "account.end-sessions", actor.Login, await db.Mailboxes.OwnedBy(actor).Select(m => (long?)m.Entry!.DomainId).FirstOrDefaultAsync(token), after: new { Ended = ended });
            return Outcome.Done(ended);
        },
        duplicate: null,
        ct);
}
