using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>The second factor of an account.</summary>
/// <param name="Since">When it was turned on (UTC); null: it is off.</param>
/// <param name="CodesLeft">Recovery codes that were not used yet.</param>
/// <param name="NeedsAppPassword">Turning it on makes the first app password: a mailbox owner has none.</param>
public sealed record SecondFactorState(DateTime? Since, int CodesLeft, bool NeedsAppPassword)
{
    public bool IsOn => Since is not null;
}

/// <summary>Second factors, as their accounts see them.</summary>
public sealed class SecondFactorRows(AdminDb db)
{
    public async Task<SecondFactorState> OwnAsync(Actor actor, CancellationToken ct)
    {
        var (accountId, mailboxId) = (actor.AccountId, actor.MailboxId);
        return await db.Accounts.Where(a => a.Id == accountId).Select(a => new SecondFactorState(
            db.Authenticators.Where(f => f.AccountId == a.Id).Select(f => (DateTime?)f.CreatedAt).FirstOrDefault(),
            db.RecoveryCodes.Count(c => c.AccountId == a.Id),
            mailboxId != null && !db.AppPasswords.Any(p => p.MailboxId == mailboxId))).FirstAsync(ct);
    }
}
