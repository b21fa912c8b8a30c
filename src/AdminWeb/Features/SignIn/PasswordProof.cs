using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Platform.Passwords;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>
/// Asks somebody who is signed in for the password once more, before what an open browser alone must not do. Wrong
/// guesses count as at sign-in, and take as long.
/// </summary>
public sealed class PasswordProof(AdminDb db, PasswordHasher hasher, GuessBudget budget, RefusalFloor floor)
{
    // A session is somebody else's by theft alone: strangers neither spend its budget nor does it spend theirs.
    private const string Session = "session";

    /// <param name="field">Where the password was typed.</param>
    /// <param name="stored">The hash, with its scheme in front.</param>
    /// <returns>Null: it is the password.</returns>
    public async Task<Problem?> CheckAsync(string field, string stored, string given, Actor actor, CancellationToken ct)
    {
        var started = floor.Start();
        if (await budget.TakeAsync(actor.Login, actor.Source, Session, ct) is { } again)
        {
            await floor.WaitAsync(started, ct);
            return TooOften.Problem(again, db.UtcNow);
        }
        if (!(await hasher.VerifyAsync(stored, given, ct)).Matches)
        {
            await floor.WaitAsync(started, ct);
            return new Problem(field, "CurrentPasswordWrong");
        }
        await budget.GiveBackAsync(actor.Login, actor.Source, Session, ct);
        return null;
    }
}
