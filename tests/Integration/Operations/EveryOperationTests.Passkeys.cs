using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Passkeys;
using AdminPanel.Web.Features.SecondFactor;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>A passkey comes, signs in and goes.</summary>
public sealed partial class EveryOperationTests
{
    private readonly SoftwareAuthenticator passkey = new() { Origin = "http://localhost:8080" };

    private List<Step> PasskeySteps() =>
    [
        new("AddPasskey", "account.add-passkey", Of("accounts", "1"), async () =>
        {
            var actor = await FirstAsync();
            var asked = Done(await RunAsync<StartPasskey, Outcome<StartedCeremony>>(s => s.BeginAsync(new() { Name = "Phone", CurrentPassword = "another " + Password }, actor, default)));
            await DoneAsync<AddPasskey, TurnedOn>(o => o.RunAsync(new() { Credential = passkey.Create(asked.Options), Ceremony = asked.Sealed }, actor, default));
        }),
        new("SignInWithPasskey", "account.sign-in", Of("accounts", "1"), async () =>
        {
            var asked = await RunAsync<PasskeyQuestions, StartedCeremony>(q => q.AskAsync(CeremonyPurpose.SignIn, account: null));
            await DoneAsync<SignInWithPasskey, Account>(o => o.RunAsync(new() { Passkey = passkey.Answer(asked.Options), Ceremony = asked.Sealed }, Superadmin, default));
        }),
        new("RemovePasskey", "account.remove-passkey", Of("accounts", "1"), async () =>
        {
            var (actor, account, id) = (await FirstAsync(), await DbAsync(db => db.Accounts.AsNoTracking().SingleAsync()), await IdAsync("passkeys", "1"));
            var asked = await RunAsync<PasskeyQuestions, StartedCeremony>(q => q.AskAsync(CeremonyPurpose.Proof, account));
            await DoneAsync<RemovePasskey, PasskeyRemoved>(o => o.RunAsync(new() { Id = id, CurrentPassword = "another " + Password, Passkey = passkey.Answer(asked.Options), Ceremony = asked.Sealed }, actor, default));
        }),
        new("TakePasskeyAway", "account.remove-passkey", Of("accounts", "1"), async () =>
        {
            await AskAsync("""
                INSERT INTO passkeys (account_id, name, credential_id, credential_digest, public_key, sign_count, transports, is_backup_eligible, is_backed_up, last_challenge_at, created_at)
                SELECT id, 'Phone', 'eA', SHA2('x', 256), 'eA', 0, '', 0, 0, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM accounts
                """);
            var id = await IdAsync("passkeys", "1");
            await DoneAsync<TakePasskeyAway, PasskeyTaken>(o => o.RunAsync(new() { Id = id }, Superadmin, default));
        }),
    ];
}
