using AdminPanel.Tests.Integration.Cli;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>What owners may, and who must have a second factor, from a shell: what is not named stays, what is wrong changes nothing.</summary>
public sealed class OwnerRuleVerbTests(OperationsDatabase database) : OperationsTest(database)
{
    private const string Stored = "SELECT owner_rights, owners_need_second_factor, IFNULL(password_min_length, 'none') FROM domains";

    [MariaDbFact]
    public async Task The_verb_changes_what_it_names()
    {
        Assert.Equal(0, await ShellAsync("domain", "add", "example.org"));

        Assert.Equal(0, await ShellAsync("domain", "self-service", "example.org", "--may", "panel,second-factor,app-passwords", "--password-min-length", "16"));
        Assert.Equal("25\t0\t16", await AskAsync(Stored));
        Assert.Equal(0, await ShellAsync("domain", "self-service", "example.org", "--require-2fa", "true"));
        Assert.Equal("25\t1\t16", await AskAsync(Stored));
        Assert.Equal(0, await ShellAsync("domain", "self-service", "example.org", "--require-2fa", "false", "--may", "None", "--password-min-length", "none"));
        Assert.Equal("0\t0\tnone", await AskAsync(Stored));
        Assert.Equal(0, await ShellAsync("domain", "self-service", "example.org"));
    }

    [MariaDbFact]
    public async Task What_contradicts_itself_is_refused_and_changes_nothing()
    {
        Assert.Equal(0, await ShellAsync("domain", "add", "example.org"));
        var before = await AskAsync(Stored);

        foreach (var options in (string[][])[["--may", "panel,second-factor"], ["--may", "vacation"], ["--may", "panel", "--require-2fa", "true"], ["--may", "everything"], ["--password-min-length", "99"]])
            Assert.Equal(1, await ShellAsync(["domain", "self-service", "example.org", .. options]));

        Assert.Equal(before, await AskAsync(Stored));
    }

    [MariaDbFact]
    public async Task Kinds_of_accounts_are_required_to_have_a_second_factor_and_no_longer()
    {
        Assert.Equal(0, await ShellAsync("admin", "rules", "--require-2fa", "superadmin,mailbox_owner"));
        Assert.Equal("mailbox_owner\nsuperadmin", await AskAsync("SELECT kind FROM role_rules WHERE needs_second_factor ORDER BY kind"));
        Assert.Equal(1, await ShellAsync("admin", "rules", "--require-2fa", "everybody"));
        Assert.Equal(0, await ShellAsync("admin", "rules", "--require-2fa", "NONE"));
        Assert.Equal("", await AskAsync("SELECT kind FROM role_rules WHERE needs_second_factor"));
    }

    private async Task<int> ShellAsync(params string[] arguments) => (await Shell.RunAsync(Database.ConnectionString, arguments, "")).Status;
}
