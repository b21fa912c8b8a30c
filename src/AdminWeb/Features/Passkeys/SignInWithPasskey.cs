using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.MailSignIns;
using AdminPanel.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>
/// Signs in with a passkey and nothing else: the device knows its owner by a finger, a face or a PIN, so it is two factors.
/// The account must be let in as with its password. Every refusal is one sentence, and takes one time.
/// </summary>
public sealed class SignInWithPasskey(AdminDb db, PasskeyProof proof, GuessBudget budget, RefusalFloor floor, SignInRecorder records, ILogger<SignInWithPasskey> logger)
{
    public sealed record Input
    {
        /// <summary>The browser's JSON.</summary>
        public string? Passkey { get; init; }

        /// <summary>What was asked, sealed, as this browser keeps it.</summary>
        public string? Ceremony { get; init; }
    }

    /// <param name="visitor">Whoever asks: the source that is counted, the request that is audited.</param>
    public async Task<Outcome<Account>> RunAsync(Input input, Actor visitor, CancellationToken ct)
    {
        var started = floor.Start();
        // A passkey is not guessed; the network's budget bounds what trying costs.
        if (await budget.TakeAsync(login: null, visitor.Source, device: null, ct) is { } again)
        {
            logger.BudgetSpent(visitor.Source);
            await floor.WaitAsync(started, ct);
            return Outcome.Refused<Account>(TooOften.Problem(again, db.UtcNow));
        }
        var answer = await proof.VerifyAsync(CeremonyPurpose.SignIn, account: null, input.Passkey, input.Ceremony);
        var outcome = answer is not null && MailboxOwners.MayEnter(answer.Account, db.UtcNow, visitor.Source) ? await SaveAsync(answer, visitor, ct) : null;
        if (outcome is Outcome<Account>.Done)
        {
            await budget.GiveBackAsync(login: null, visitor.Source, device: null, ct);
            return outcome;
        }
        await NoteFailureAsync(answer?.Account, visitor, ct);
        await floor.WaitAsync(started, ct);
        return Outcome.Refused<Account>(new Problem("", "PasskeyRefused"));
    }

    private Task<Outcome<Account>> SaveAsync(PasskeyAnswer answer, Actor visitor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            if (await proof.UseAsync(answer, token) is not { } name) return Outcome.NotFound<Account>();

            var (account, now) = (answer.Account, db.UtcNow);
            await db.Accounts.Where(a => a.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInAt, now).SetProperty(a => a.Version, a => a.Version + 1), token);
            logger.SignedIn(account.Id, visitor.Source);
            db.Audit(visitor with { AccountId = account.Id, Login = account.Name }, "account.sign-in", account.Name, account.Mailbox?.Entry!.DomainId, after: new { Passkey = name });
            return Outcome.Done(account);
        },
        duplicate: null,
        ct);

    // Of whom is known only where the signature held: anybody can write another's number into an answer.
    private Task<Outcome<bool>> NoteFailureAsync(Account? account, Actor visitor, CancellationToken ct)
    {
        logger.SignInRefused(account?.Id, visitor.Source);
        records.AddPanel(account, visitor.Source, isAccepted: false);
        return db.InTransactionAsync(
            _ =>
            {
                db.Audit(visitor, "account.sign-in-refused", account?.Name ?? "", account?.Mailbox?.Entry!.DomainId, after: new { With = "passkey" });
                return Task.FromResult(Outcome.Done(true));
            },
            duplicate: null,
            ct);
    }
}
