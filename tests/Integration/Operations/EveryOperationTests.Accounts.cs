using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Import;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Operations that need an account: signing in, and imports, which are their owner's alone.</summary>
public sealed partial class EveryOperationTests
{
    private SetupLink? link;

    private List<Step> SignInSteps() =>
    [
        new("IssueSetupLink", "setup.link", null, async () => link = Done(await RunAsync<IssueSetupLink, Outcome<SetupLink>>(o => o.RunAsync(Superadmin, default)))),
        new("CompleteSetup", "setup.complete", null, () => DoneAsync<CompleteSetup, Account>(o => o.RunAsync(new() { Token = link!.Token, Login = "first", Password = Password }, Superadmin, default))),
        new("SignInWithPassword", "account.sign-in", Of("accounts", "1"), () => DoneAsync<SignInWithPassword, Account>(o => o.RunAsync(new() { Login = "first", Password = Password }, Superadmin, default))),
        new("ChangeOwnPassword", "account.password", Of("accounts", "1"), async () =>
        {
            var actor = Superadmin with { AccountId = await IdAsync("accounts", "1"), Login = "first" };
            await DoneAsync<ChangeOwnPassword, Account>(o => o.RunAsync(new() { CurrentPassword = Password, NewPassword = "another " + Password }, actor, default));
        }),
        new("ChooseLanguage", "account.language", Of("accounts", "1"), async () =>
        {
            var actor = Superadmin with { AccountId = await IdAsync("accounts", "1"), Login = "first" };
            await DoneAsync<ChooseLanguage, bool>(o => o.RunAsync(new() { Name = "de" }, actor, default));
        }),
        new("SignOutOfSession", "account.sign-out", null, async () =>
        {
            await DoneAsync<SignOutOfSession, bool>(o => o.RunAsync(Superadmin, default));
            await AskAsync("DELETE FROM accounts");
        }),
    ];

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
