using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>Ends the session in which somebody signs out, for whoever has a copy of its cookie, too. The page removes the cookie.</summary>
public sealed class SignOutOfSession(AdminDb db, ILogger<SignOutOfSession> logger)
{
    public sealed record Input
    {
        /// <summary>The one that asks.</summary>
        public long SessionId { get; init; }
    }

    public Task<Outcome<bool>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        logger.SignedOut(actor.AccountId);
        return db.InTransactionAsync(
            async token =>
            {
                await db.PanelSessions.Where(s => s.Id == input.SessionId && s.AccountId == actor.AccountId).ExecuteDeleteAsync(token);
                db.Audit(actor, "account.sign-out", actor.Login);
                return Outcome.Done(true);
            },
            duplicate: null,
            ct);
    }
}
