using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>Turns the actor's second factor off, for whoever proves both: the password, and a code or a recovery code.</summary>
public sealed class TurnOffSecondFactor(AdminDb db, PasswordProof proof, CodeProof codes)
{
    public sealed record Input
    {
        public string? CurrentPassword { get; init; }

        public string? Code { get; init; }
    }

    /// <returns>The account with its new stamp, for the cookie of this session; every other one ends.</returns>
    public async Task<Outcome<Account>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var known = await db.Accounts.AsNoTracking().Include(a => a.Mailbox).ThenInclude(m => m!.Entry).FirstOrDefaultAsync(a => a.Id == actor.AccountId, ct);
        if (known is null || !await db.Authenticators.AnyAsync(a => a.AccountId == known.Id, ct)) return Outcome.NotFound<Account>();
        if (string.IsNullOrEmpty(input.CurrentPassword)) return Outcome.Refused<Account>(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordEmpty"));
        if (await proof.CheckAsync(nameof(Input.CurrentPassword), known.SignInHash, input.CurrentPassword, actor, ct) is { } wrong) return Outcome.Refused<Account>(wrong);
        if (await codes.CheckAsync(nameof(Input.Code), known.Id, input.Code, actor, ct) is { } wrongCode) return Outcome.Refused<Account>(wrongCode);

        return await db.InTransactionAsync(
            async token =>
            {
                var account = await db.Accounts.Include(a => a.Mailbox).ThenInclude(m => m!.Entry).FirstOrDefaultAsync(a => a.Id == known.Id, token);
                if (account is null || !await db.RemoveSecondFactorAsync(account, token)) return Outcome.NotFound<Account>();

                account.SecurityStamp = AdminChoices.NewStamp();
                db.Audit(actor, "account.turn-off-second-factor", account.Name, account.Mailbox?.Entry!.DomainId);
                return Outcome.Done(account);
            },
            duplicate: null,
            ct);
    }
}
