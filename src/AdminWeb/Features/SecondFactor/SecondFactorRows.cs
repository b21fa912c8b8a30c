using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>The second factor of an account.</summary>
/// <param name="AppSince">When the app that shows codes was added (UTC); null: there is none.</param>
/// <param name="Passkeys">How many.</param>
/// <param name="PasskeysSince">When the oldest of them was added.</param>
/// <param name="CodesLeft">Recovery codes that were not used yet.</param>
/// <param name="NeedsAppPassword">Turning it on makes the first app password: a mailbox owner has none.</param>
public sealed record SecondFactorState(DateTime? AppSince, int Passkeys, DateTime? PasskeysSince, int CodesLeft, bool NeedsAppPassword)
{
    /// <summary>When it was turned on, as far as what is there says; null: it is off.</summary>
    public DateTime? Since => SecondFactors.Earlier(AppSince, PasskeysSince);

    public bool IsOn => Since is not null;

    public bool HasApp => AppSince is not null;
}

/// <summary>Second factors, as their accounts see them.</summary>
public sealed class SecondFactorRows(AdminDb db)
{
    public Task<SecondFactorState> OwnAsync(Actor actor, CancellationToken ct) => OfAsync(actor.AccountId!.Value, actor.MailboxId, ct);

    public async Task<SecondFactorState> OfAsync(long accountId, long? mailboxId, CancellationToken ct) =>
        await db.Accounts.Where(a => a.Id == accountId).Select(a => new SecondFactorState(
            db.Authenticators.Where(f => f.AccountId == a.Id).Select(f => (DateTime?)f.CreatedAt).FirstOrDefault(),
            db.Passkeys.Count(p => p.AccountId == a.Id),
            db.Passkeys.Where(p => p.AccountId == a.Id).Min(p => (DateTime?)p.CreatedAt),
            db.RecoveryCodes.Count(c => c.AccountId == a.Id),
            mailboxId != null && !db.AppPasswords.Any(p => p.MailboxId == mailboxId))).FirstAsync(ct);
}
