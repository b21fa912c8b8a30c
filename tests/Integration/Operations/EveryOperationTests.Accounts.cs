using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.Import;
using AdminPanel.Web.Features.SecondFactor;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Operations that need an account: signing in, and imports, which are their owner's alone.</summary>
public sealed partial class EveryOperationTests
{
    private SetupLink? link;

    private IReadOnlyList<string> recoveryCodes = [];

    private List<Step> SignInSteps() =>
    [
        new("IssueSetupLink", "setup.link", null, async () => link = Done(await RunAsync<IssueSetupLink, Outcome<SetupLink>>(o => o.RunAsync(Superadmin, default)))),
        new("CompleteSetup", "setup.complete", null, () => DoneAsync<CompleteSetup, Account>(o => o.RunAsync(new() { Token = link!.Token, Login = "first", Password = Password }, Superadmin, default))),
        new("SignInWithPassword", "account.sign-in", Of("accounts", "1"), () => DoneAsync<SignInWithPassword, FirstStep>(o => o.RunAsync(new() { Login = "first", Password = Password }, Superadmin, default))),
        new("ChangeOwnPassword", "account.password", Of("accounts", "1"), async () =>
        {
            var actor = await FirstAsync();
            await DoneAsync<ChangeOwnPassword, Account>(o => o.RunAsync(new() { CurrentPassword = Password, NewPassword = "another " + Password }, actor, default));
        }),
        new("ChooseLanguage", "account.language", Of("accounts", "1"), async () =>
        {
            var actor = await FirstAsync();
            await DoneAsync<ChooseLanguage, bool>(o => o.RunAsync(new() { Name = "de" }, actor, default));
        }),
        new("TurnOnAuthenticator", "account.turn-on-second-factor", Of("accounts", "1"), async () =>
        {
            var actor = await FirstAsync();
            var secret = Totp.NewSecret();
            var closed = await RunAsync<SecretSeal, string>(s => Task.FromResult(s.Close(actor.AccountId!.Value, secret)));
            recoveryCodes = Done(await RunAsync<TurnOnAuthenticator, Outcome<TurnedOn>>(o => o.RunAsync(new() { Secret = closed, FirstCode = Totp.Code(secret, Totp.StepAt(DateTime.UtcNow)), CurrentPassword = "another " + Password }, actor, default))).RecoveryCodes;
        }),
        new("PassSecondFactor", "account.sign-in", Of("accounts", "1"), async () =>
        {
            var (actor, account) = (await FirstAsync(), await DbAsync(db => db.Accounts.AsNoTracking().SingleAsync()));
            await DoneAsync<PassSecondFactor, Account>(o => o.RunAsync(new() { Code = recoveryCodes[0] }, account, actor, default));
        }),
        new("RenewRecoveryCodes", "account.renew-recovery-codes", null, async () =>
        {
            var actor = await FirstAsync();
            recoveryCodes = Done(await RunAsync<RenewRecoveryCodes, Outcome<IReadOnlyList<string>>>(o => o.RunAsync(new() { Code = recoveryCodes[1] }, actor, default)));
        }),
        new("TurnOffSecondFactor", "account.turn-off-second-factor", Of("accounts", "1"), async () =>
        {
            var actor = await FirstAsync();
            await DoneAsync<TurnOffSecondFactor, Account>(o => o.RunAsync(new() { Code = recoveryCodes[0], CurrentPassword = "another " + Password }, actor, default));
        }),
        new("ResetSecondFactor", "account.reset-second-factor", Of("accounts", "1"), async () =>
        {
            var actor = await FirstAsync();
            await AskAsync("INSERT INTO authenticators (account_id, sealed_secret, last_step, created_at) SELECT id, 'x', 0, UTC_TIMESTAMP(6) FROM accounts");
            await DoneAsync<ResetSecondFactor, Saved>(o => o.RunAsync(new() { AccountId = actor.AccountId }, Superadmin, default));
        }),
        .. PasskeySteps(),
        new("EndPanelSessions", "account.end-sessions", null, async () =>
        {
            var actor = await FirstAsync();
            await DoneAsync<EndPanelSessions, int>(o => o.RunAsync(new(), actor, default));
        }),
        new("SetRoleRules", "admins.set-rules", null, () => DoneAsync<SetRoleRules, bool>(o => o.RunAsync(new() { SecondFactor = ["domain_admin"] }, Superadmin, default))),
        new("SignOutOfSession", "account.sign-out", null, async () =>
        {
            await DoneAsync<SignOutOfSession, bool>(o => o.RunAsync(new() { SessionId = 1 }, Superadmin, default));
            await AskAsync("DELETE FROM accounts; DELETE FROM role_rules");
        }),
    ];

    private async Task<Actor> FirstAsync() => Superadmin with { AccountId = await IdAsync("accounts", "1"), Login = "first" };

    private List<Step> ImportSteps() =>
    [
        new("UploadImport", "import.upload", null, UploadAsync),
        new("DiscardImport", "import.discard", null, async () =>
        {
            var id = await IdAsync("imports", "1");
            await DoneAsync<DiscardImport, long>(async o => await o.RunAsync(new() { Id = id }, await ImporterAsync(), default));
        }),
        new("UploadImport", "import.upload", null, UploadAsync),
        new("StartImport", "job.start", null, async () =>
        {
            var id = await IdAsync("imports", "1");
            await DoneAsync<StartImport, Saved>(async o => await o.RunAsync(new() { Id = id, Version = 1 }, await ImporterAsync(), default));
        }),
        new("TakePasswords", "job.take-passwords", null, async () =>
        {
            await AskAsync("UPDATE jobs SET state = 'done', ended_at = UTC_TIMESTAMP(6)");
            var id = await IdAsync("jobs", "1");
            await DoneAsync<TakePasswords, IReadOnlyList<MadePassword>>(async o => await o.RunAsync(new() { JobId = id }, await ImporterAsync(), default));
            await AskAsync("DELETE FROM jobs; DELETE FROM accounts");
        }),
    ];

    private async Task UploadAsync()
    {
        await AskAsync("INSERT IGNORE INTO accounts (login, kind, password_hash, security_stamp, is_active, version, created_at, updated_at) VALUES ('importer', 'superadmin', 'x', 's', 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))");
        await DoneAsync<UploadImport, long>(async o => await o.RunAsync(new() { File = "address\nann@example.org\n"u8.ToArray() }, await ImporterAsync(), default));
    }

    private async Task<Actor> ImporterAsync() => Superadmin with { AccountId = await IdAsync("accounts", "login = 'importer'") };
}
