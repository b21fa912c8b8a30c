using AdminPanel.Data;
using AdminPanel.Data.Access;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>Writes down that somebody signed out. The page removes the cookie.</summary>
public sealed class SignOutOfSession(AdminDb db, ILogger<SignOutOfSession> logger)
{
    public Task<Outcome<bool>> RunAsync(Actor actor, CancellationToken ct)
    {
        logger.SignedOut(actor.AccountId);
        return db.InTransactionAsync(
            _ =>
            {
                db.Audit(actor, "account.sign-out", actor.Login);
                return Task.FromResult(Outcome.Done(true));
            },
            duplicate: null,
            ct);
    }
}
