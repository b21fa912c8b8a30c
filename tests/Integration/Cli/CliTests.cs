using AdminPanel.Tests.Integration.Operations;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Cli;

/// <summary>The built program as a shell runs it: exit status, stdout and stderr are what scripts rely on.</summary>
public sealed class CliTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_mailbox_by_shell_is_added_shown_changed_and_deleted()
    {
        Assert.Equal(0, (await ShellAsync("domain", "add", "example.org", "--default-quota", "1G")).Status);
        var added = await ShellAsync(["mailbox", "add", "Bob@example.org", "--password-stdin", "--name", "Bob Ä"], stdin: Password + "\n");
        Assert.Equal((0, "Added bob@example.org.\n", ""), (added.Status, added.Out, added.Error));

        var shown = (await ShellAsync("mailbox", "show", "bob@example.org", "--json")).Json;
        Assert.Equal(("Bob Ä", 1073741824), (shown.GetProperty("displayName").GetString(), shown.GetProperty("quotaBytes").GetInt64()));

        Assert.Equal(0, (await ShellAsync("mailbox", "set", "bob@example.org", "--quota", "none", "--forward", "x@y.example", "--active", "false")).Status);
        Assert.Equal("NULL\tBob Ä\t0\tx@y.example", await AskAsync(
            "SELECT m.quota_bytes, m.display_name, a.is_active, d.address FROM mailboxes m JOIN addresses a ON a.id = m.address_id JOIN destinations d ON d.address_id = a.id"));

        Assert.Equal(0, (await ShellAsync("mailbox", "delete", "bob@example.org", "--dry-run")).Status);
        Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM mailboxes"));
        Assert.Equal(0, (await ShellAsync("mailbox", "delete", "bob@example.org")).Status);
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM mailboxes"));
    }

    [MariaDbFact]
    public async Task Aliases_a_catch_all_and_an_alias_domain_by_shell()
    {
        await DomainAsync("example.org");

        Assert.Equal(0, (await ShellAsync("alias", "add", "info@example.org", "a@y.example", "b@y.example")).Status);
        Assert.Equal(0, (await ShellAsync("alias", "add", "@example.org", "c@y.example")).Status);
        Assert.Equal(0, (await ShellAsync("alias", "set", "info@example.org", "--to", "d@y.example", "--comment", "desk")).Status);
        Assert.Equal(0, (await ShellAsync("alias-domain", "add", "alias.example", "example.org")).Status);

        var aliases = (await ShellAsync("alias", "list", "example.org", "--json")).Json;
        Assert.Equal(["@example.org", "info@example.org"], aliases.EnumerateArray().Select(a => a.GetProperty("address").GetString()!));
        Assert.Equal("catch_all", aliases[0].GetProperty("kind").GetString());
        Assert.Equal("d@y.example", aliases[1].GetProperty("firstDestination").GetString());
        Assert.Equal("ALIAS DOMAIN   TARGET       STATE\nalias.example  example.org  active\n", (await ShellAsync("alias-domain", "list")).Out);

        Assert.Equal(0, (await ShellAsync("domain", "delete", "example.org")).Status);
        // Names stay reserved while the domain is in the recycle bin.
        Assert.Equal("recycled\trecycled", await AskAsync("SELECT (SELECT GROUP_CONCAT(DISTINCT kind) FROM domains), (SELECT GROUP_CONCAT(DISTINCT kind) FROM addresses)"));
    }

    [MariaDbFact]
    public async Task A_generated_password_is_printed_once_and_is_in_the_json()
    {
        await DomainAsync("example.org");

        Assert.Matches("^Added bob@example.org. Password: [a-z2-9-]{27}\n$", (await ShellAsync("mailbox", "add", "bob@example.org", "--generate")).Out);
        Assert.Matches("^[a-z2-9-]{27}$", (await ShellAsync("admin", "add", "ute", "--superadmin", "--generate", "--json")).Json.GetProperty("generatedPassword").GetString());
        Assert.Equal("superadmin", await AskAsync("SELECT kind FROM accounts"));
    }

    [MariaDbFact]
    public async Task An_admin_with_neither_rights_nor_domains_named_is_a_usage_error()
    {
        await DomainAsync("example.org");

        foreach (var options in (string[][])[[], ["--superadmin", "--domain", "example.org"]])
        {
            var answer = await ShellAsync(["admin", "add", "ute", "--generate", .. options]);
            Assert.Equal((2, ""), (answer.Status, answer.Out));
            Assert.Contains("Say either --superadmin or --domain.", answer.Error, StringComparison.Ordinal);
        }
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM accounts"));
    }

    [MariaDbFact]
    public async Task A_refusal_is_status_1_with_the_repair_on_stderr_and_the_code_in_the_json()
    {
        await DomainAsync("example.org");

        var refused = await ShellAsync(["mailbox", "add", "bob@example.org", "--password-stdin", "--json"], stdin: "short\n");

        Assert.Equal((1, "Password must be 12 characters or more.\n"), (refused.Status, refused.Error));
        Assert.Equal("PasswordTooShort", refused.Json.GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM addresses"));

        var missing = await ShellAsync("domain", "show", "unknown.example");
        Assert.Equal((1, "", "There is no hosted domain unknown.example.\n"), (missing.Status, missing.Out, missing.Error));
    }

    [MariaDbTheory]
    [InlineData("domain")]
    [InlineData("frobnicate")]
    [InlineData("domain add")]
    [InlineData("mailbox add bob@example.org")]
    [InlineData("mailbox add bob@example.org --generate --password-stdin")]
    [InlineData("mailbox add bob@example.org --generate --password secret")]
    public async Task A_wrong_command_line_is_status_2_and_says_how(string arguments)
    {
        var answer = await ShellAsync(arguments.Split(' '));

        Assert.Equal((2, ""), (answer.Status, answer.Out));
        Assert.Contains("--help to see how.", answer.Error, StringComparison.Ordinal);
    }

    [MariaDbTheory]
    [InlineData("--help", "  adminpanel [command] [options]")]
    [InlineData("mailbox add --help", "  adminpanel mailbox add [<ADDRESS>] [options]")]
    public async Task Help_calls_the_program_by_the_name_people_type(string arguments, string usage)
    {
        var answer = await ShellAsync(arguments.Split(' '));

        Assert.Equal((0, ""), (answer.Status, answer.Error));
        Assert.Contains(usage, answer.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("AdminPanel.Web", answer.Out, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_database_that_is_down_is_status_3_and_one_sentence()
    {
        var answer = await ShellAsync(["domain", "list", "--json"], connection: "Socket=/nonexistent/s;User=root;Database=panel");

        Assert.Equal(3, answer.Status);
        Assert.StartsWith("The database does not answer: check that MariaDB runs", answer.Error, StringComparison.Ordinal);
        Assert.Equal("OutsideFailed", answer.Json.GetProperty("problems")[0].GetProperty("code").GetString());
    }

    [MariaDbFact]
    public async Task A_database_without_tables_says_which_command_makes_them()
    {
        var empty = Database.Server.ConnectionString(await Database.Server.CreateDatabaseAsync("empty"));

        var before = await ShellAsync(["domain", "list"], connection: empty);
        Assert.Equal(3, before.Status);
        Assert.Contains("adminpanel db migrate", before.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await ShellAsync(["db", "status"], connection: empty)).Status);
        Assert.Equal(0, (await ShellAsync(["db", "migrate"], connection: empty)).Status);
        Assert.Equal(0, (await ShellAsync(["db", "status"], connection: empty)).Status);
        var list = await ShellAsync(["domain", "list", "--json"], connection: empty);
        Assert.Equal((0, "[]\n"), (list.Status, list.Out));
    }

    [MariaDbFact]
    public async Task Without_a_connection_string_one_sentence_says_where_to_set_it()
    {
        var answer = await ShellAsync(["domain", "list"], connection: "");

        Assert.Equal((1, ""), (answer.Status, answer.Out));
        Assert.StartsWith("No database is set: give ADMINPANEL__CONNECTIONSTRINGS__PANEL", answer.Error, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task An_argument_wins_over_the_environment()
    {
        var answer = await ShellAsync(["domain", "list", $"--ConnectionStrings:Panel={Database.ConnectionString}"], connection: "Socket=/nonexistent/s;User=root");

        Assert.Equal(0, answer.Status);
    }

    private Task<ShellAnswer> ShellAsync(params string[] arguments) => ShellAsync(arguments, stdin: "");

    private Task<ShellAnswer> ShellAsync(string[] arguments, string stdin = "", string? connection = null) =>
        Shell.RunAsync(connection ?? Database.ConnectionString, arguments, stdin);
}
