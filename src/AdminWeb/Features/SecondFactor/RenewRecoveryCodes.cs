using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>Ten new recovery codes in place of those of before, for whoever proves the second factor once more.</summary>
public sealed class RenewRecoveryCodes(AdminDb db, CodeProof codes)
{
    public sealed record Input
    {
        public string? Code { get; init; }
    }

    public async Task<Outcome<IReadOnlyList<string>>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var account = await db.Accounts.Where(a => a.Id == actor.AccountId && db.Authenticators.Any(f => f.AccountId == a.Id))
            .Select(a => new { a.Id, DomainId = (long?)a.Mailbox!.Entry!.DomainId }).FirstOrDefaultAsync(ct);
        if (account is null) return Outcome.NotFound<IReadOnlyList<string>>();
        if (await codes.CheckAsync(nameof(Input.Code), account.Id, input.Code, actor, ct) is { } wrong) return Outcome.Refused<IReadOnlyList<string>>(wrong);

        return await db.InTransactionAsync(
            async token =>
            {
                await db.RecoveryCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(token);
                var given = db.GiveRecoveryCodes(account.Id);
                db.Audit(actor, "account.renew-recovery-codes", actor.Login, account.DomainId);
                return Outcome.Done(given);
            },
            duplicate: null,
            ct);
    }
}
