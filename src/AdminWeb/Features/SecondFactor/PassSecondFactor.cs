using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.MailSignIns;
using AdminPanel.Web.Features.Passkeys;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>The second step of a sign-in: a code or a passkey, after the password was right. The page makes the cookie of the account it answers.</summary>
public sealed class PassSecondFactor(AdminDb db, FactorProof factors, SignInRecorder records)
{
    public sealed record Input : ShownFactor;

    /// <param name="account">Whose password was right, a moment ago; with mailbox and domain, where it has one.</param>
    /// <param name="visitor">Whoever asks: the source that is counted, the request that is audited.</param>
    public async Task<Outcome<Account>> RunAsync(Input input, Account account, Actor visitor, CancellationToken ct)
    {
        var actor = visitor with { AccountId = account.Id, Login = account.Name };
        var domainId = account.Mailbox?.Entry!.DomainId;
        var check = await factors.CheckAsync(nameof(Input.Code), account, input, CeremonyPurpose.SecondStep, actor, ct);
        if (check.Wrong is { } wrong)
        {
            records.AddPanel(account, visitor.Source, isAccepted: false);
            if (wrong.Code is "CodeWrong" or "PasskeyRefused") await NoteAsync(actor, "account.code-refused", account, domainId, null, ct);
            return Outcome.Refused<Account>(wrong);
        }
        return await NoteAsync(actor, "account.sign-in", account, domainId, check.Used, ct);
    }

    private Task<Outcome<Account>> NoteAsync(Actor actor, string action, Account account, long? domainId, string? factor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            var now = db.UtcNow;
            if (factor is not null) await db.Accounts.Where(a => a.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInAt, now).SetProperty(a => a.Version, a => a.Version + 1), token);
            db.Audit(actor, action, account.Name, domainId, after: factor is null ? null : new { SecondFactor = factor });
            return Outcome.Done(account);
        },
        duplicate: null,
        ct);
}
