using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Passkeys;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>Ten new recovery codes in place of those of before, for whoever proves the second factor once more.</summary>
public sealed class RenewRecoveryCodes(AdminDb db, FactorProof factors)
{
    public sealed record Input : ShownFactor;

    public async Task<Outcome<IReadOnlyList<string>>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var account = await db.WithSecondFactor().AsNoTracking().Include(a => a.Mailbox).ThenInclude(m => m!.Entry).FirstOrDefaultAsync(a => a.Id == actor.AccountId, ct);
        if (account is null) return Outcome.NotFound<IReadOnlyList<string>>();
        if ((await factors.CheckAsync(nameof(Input.Code), account, input, CeremonyPurpose.Proof, actor, ct)).Wrong is { } wrong) return Outcome.Refused<IReadOnlyList<string>>(wrong);

        return await db.InTransactionAsync(
            async token =>
            {
                await db.RecoveryCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(token);
                var given = db.GiveRecoveryCodes(account.Id);
                db.Audit(actor, "account.renew-recovery-codes", actor.Login, account.Mailbox?.Entry!.DomainId);
                return Outcome.Done(given);
            },
            duplicate: null,
            ct);
    }
}
