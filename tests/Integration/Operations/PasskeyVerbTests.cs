using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Integration.Cli;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Passkeys;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Passkeys of people who have lost a device, from a shell, and who may take them away.</summary>
public sealed class PasskeyVerbTests(OperationsDatabase database) : OperationsTest(database)
{
    private const string State = "SELECT (SELECT COUNT(*) FROM passkeys), (SELECT COUNT(*) FROM recovery_codes), (SELECT app_passwords_only FROM mailboxes), (SELECT security_stamp FROM accounts)";

    [MariaDbFact]
    public async Task Of_a_mailbox_they_are_listed_and_removed_and_the_last_turns_the_second_factor_off()
    {
        await OwnerAsync("Phone", "Laptop");

        var (status, text, _) = await ShellAsync("mailbox", "passkey", "list", "BOB@example.org");
        Assert.Equal((0, "Laptop  added 2026-11-01  last used 2026-11-02 03:04 UTC  on other devices, too\nPhone  added 2026-11-01  last used 2026-11-02 03:04 UTC  on other devices, too\n"), (status, text));
        var json = (await Shell.RunAsync(Database.ConnectionString, ["mailbox", "passkey", "list", "bob@example.org", "--json"])).Json;
        Assert.Equal("bob@example.org", json.GetProperty("account").GetString());
        Assert.Equal(["Laptop", "Phone"], json.GetProperty("passkeys").EnumerateArray().Select(p => p.GetProperty("name").GetString()));

        Assert.Equal((1, "", "There is no passkey Tablet of mailbox bob@example.org.\n"), await ShellAsync("mailbox", "passkey", "remove", "bob@example.org", "Tablet"));
        Assert.Equal("2\t1\t1\told", await AskAsync(State));

        Assert.Equal((0, "Phone signs in no more.\n", ""), await ShellAsync("mailbox", "passkey", "remove", "bob@example.org", "phone"));
        Assert.Matches("^1\t1\t1\t(?!old)", await AskAsync(State));
        Assert.Equal((0, "Laptop signs in no more. It was the last factor of bob@example.org: the second factor is off, and the password alone signs in.\n", ""), await ShellAsync("mailbox", "passkey", "remove", "bob@example.org", "Laptop"));
        Assert.Matches("^0\t0\t0\t(?!old)", await AskAsync(State));
        Assert.Equal((0, "bob@example.org has no passkeys.\n", ""), await ShellAsync("mailbox", "passkey", "list", "bob@example.org"));

        Assert.Equal(
            "bob@example.org\t1\tPhone\t0\nbob@example.org\t1\tLaptop\t1",
            await AskAsync("SELECT subject, domain_id = (SELECT id FROM domains), JSON_VALUE(`before`, '$.name'), JSON_VALUE(`after`, '$.turnedOff') FROM audit_entries WHERE action = 'account.remove-passkey' ORDER BY id"));
    }

    [MariaDbFact]
    public async Task Of_an_admin_the_app_goes_on_without_them()
    {
        Assert.Equal(0, (await Shell.RunAsync(Database.ConnectionString, ["admin", "add", "ute", "--superadmin", "--password-stdin"], Password + "\n")).Status);
        await PasskeysAsync("Phone");
        await AskAsync("INSERT INTO authenticators (account_id, sealed_secret, last_step, created_at) SELECT id, 'x', 0, NOW(6) FROM accounts");

        var removed = await Shell.RunAsync(Database.ConnectionString, ["admin", "passkey", "remove", "UTE", "Phone", "--json"]);

        Assert.Equal((0, "ute", "Phone", false), (removed.Status, removed.Json.GetProperty("account").GetString(), removed.Json.GetProperty("name").GetString(), removed.Json.GetProperty("turnedOff").GetBoolean()));
        Assert.Equal("0\t1\t1", await AskAsync("SELECT (SELECT COUNT(*) FROM passkeys), (SELECT COUNT(*) FROM authenticators), (SELECT COUNT(*) FROM recovery_codes)"));
        Assert.Equal((0, "ute has no passkeys.\n", ""), await ShellAsync("admin", "passkey", "list", "ute"));
        Assert.Equal((1, "", "There is no admin nobody.\n"), await ShellAsync("admin", "passkey", "list", "nobody"));
        // A mailbox's owner is no admin, and an admin no mailbox.
        Assert.Equal(1, (await ShellAsync("mailbox", "passkey", "list", "ute")).Status);
        Assert.Equal(2, (await ShellAsync("admin", "passkey", "remove", "ute")).Status);
    }

    /// <summary>Whoever knows the number of a passkey takes it away with the right to set the domain's passwords, and with no other.</summary>
    [MariaDbTheory]
    [InlineData(DomainPermissions.Passwords, "example.org", true)]
    [InlineData(DomainPermissions.All & ~DomainPermissions.Passwords, "example.org", false)]
    [InlineData(DomainPermissions.All, "other.example", false)]
    public async Task A_domain_admin_needs_the_permission_for_passwords(DomainPermissions permissions, string domain, bool may)
    {
        await DomainAsync("other.example");
        await OwnerAsync("Phone");
        var ute = await DomainAdminAsync("ute", domain);
        await AskAsync($"UPDATE domain_admins SET permissions = {(int)permissions}");

        Assert.Equal(may, await TakesAsync(ute));
        Assert.Equal(may ? "0" : "1", await AskAsync("SELECT COUNT(*) FROM passkeys"));
    }

    /// <summary>The owner's own way asks for the password and a factor; this one does not, and is not there for owners. Admins are superadmins' alone.</summary>
    [MariaDbFact]
    public async Task Neither_an_owner_nor_a_domain_admin_takes_what_needs_proof()
    {
        var mailbox = await OwnerAsync("Phone");
        var owner = new Actor(long.Parse(await AskAsync("SELECT id FROM accounts"), System.Globalization.CultureInfo.InvariantCulture), "bob@example.org", AccountKind.MailboxOwner, null, "r") { MailboxId = mailbox };

        Assert.False(await TakesAsync(owner));
        var ute = await DomainAdminAsync("ute", "example.org");
        await AskAsync("UPDATE passkeys SET account_id = (SELECT id FROM accounts WHERE login = 'ute')");
        Assert.False(await TakesAsync(ute));
        Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM passkeys"));
    }

    private async Task<bool> TakesAsync(Actor actor)
    {
        var id = long.Parse(await AskAsync("SELECT id FROM passkeys"), System.Globalization.CultureInfo.InvariantCulture);
        return await RunAsync<TakePasskeyAway, Outcome<PasskeyTaken>>(o => o.RunAsync(new() { Id = id }, actor, default)) is Outcome<PasskeyTaken>.Done;
    }

    private async Task<long> OwnerAsync(params string[] passkeys)
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");
        await AskAsync($"INSERT INTO accounts (kind, mailbox_id, security_stamp, is_active, version, created_at, updated_at) VALUES ('mailbox_owner', {id}, 'old', 1, 1, NOW(6), NOW(6)); UPDATE mailboxes SET app_passwords_only = 1");
        await PasskeysAsync(passkeys);
        return id;
    }

    /// <summary>Of the one account that there is, with a recovery code.</summary>
    private async Task PasskeysAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await AskAsync($"""
                INSERT INTO passkeys (account_id, name, credential_id, credential_digest, public_key, sign_count, transports, is_backup_eligible, is_backed_up, last_challenge_at, created_at, last_used_at)
                SELECT id, '{name}', '{name}', SHA2('{name}', 256), 'eA', 0, '', 1, 1, NOW(6), '2026-11-01', '2026-11-02 03:04:05' FROM accounts
                """);
        }
        await AskAsync("INSERT INTO recovery_codes (account_id, digest) SELECT id, SHA2('aaaabbbbccccdddd', 256) FROM accounts");
    }

    private async Task<(int Status, string Out, string Error)> ShellAsync(params string[] arguments)
    {
        var answer = await Shell.RunAsync(Database.ConnectionString, arguments);
        return (answer.Status, answer.Out, answer.Error);
    }
}
