using AdminPanel.Tests.Integration.Operations;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Cli;

/// <summary>Many mailboxes in one start of the program: what is wrong with a line is said with its number and holds up no other.</summary>
public sealed class MailboxBatchTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task Good_lines_are_added_and_each_bad_one_is_named()
    {
        await DomainAsync("example.org", mailboxLimit: 4, defaultQuota: 1L << 30);

        var answer = await BatchAsync(
            [],
            """
            ann@example.org,correct horse battery,"Berg, Ann",5G
            bob@example.org

            ann@example.org,correct horse battery
            carl@elsewhere.example,correct horse battery
            nowhere
            dora@example.org,short
            emil@example.org,"correct ""horse"" battery",,none
            a@example.org,"correct horse battery
            a@example.org,b,c,d,e
            finn@example.org,correct horse battery,Finn
            greta@example.org,correct horse battery,Greta
            """);

        Assert.Equal(1, answer.Status);
        Assert.Equal(
            "ann@example.org\tBerg, Ann\t5368709120\nbob@example.org\tNULL\t1073741824\nemil@example.org\tNULL\tNULL\nfinn@example.org\tFinn\t1073741824",
            await AskAsync("SELECT a.address, m.display_name, m.quota_bytes FROM mailboxes m JOIN addresses a ON a.id = m.address_id ORDER BY 1"));
        Assert.Matches("^Added ann@example.org.\nAdded bob@example.org. Password: [a-z2-9-]{27}\nAdded emil@example.org.\nAdded finn@example.org.\nMailboxes added: 4. Lines that failed: 7.\n$", answer.Out);
        Assert.Equal([4, 5, 6, 7, 9, 10, 12], Lines(answer.Error));
        Assert.Contains("Line 5: There is no hosted domain elsewhere.example.\n", answer.Error, StringComparison.Ordinal);
        Assert.Contains("Line 7: Password must be 12 characters or more.\n", answer.Error, StringComparison.Ordinal);
        Assert.Equal("4", await AskAsync("SELECT COUNT(*) FROM audit_entries WHERE action = 'mailbox.create'"));
    }

    [MariaDbFact]
    public async Task The_document_has_every_line_that_did_something()
    {
        await DomainAsync("example.org");

        var answer = await BatchAsync(["--json"], "bob@example.org\nbob@example.org\n");

        Assert.Equal(1, answer.Status);
        var added = Assert.Single(answer.Json.GetProperty("added").EnumerateArray());
        Assert.Equal((1, "bob@example.org"), (added.GetProperty("line").GetInt32(), added.GetProperty("address").GetString()));
        Assert.Matches("^[a-z2-9-]{27}$", added.GetProperty("generatedPassword").GetString());
        var failed = Assert.Single(answer.Json.GetProperty("failed").EnumerateArray());
        Assert.Equal((2, "AddressTakenByMailbox"), (failed.GetProperty("line").GetInt32(), failed.GetProperty("code").GetString()));
    }

    [MariaDbFact]
    public async Task A_database_that_is_down_ends_the_batch_at_its_line()
    {
        var answer = await Shell.RunAsync("Socket=/nonexistent/s;User=root;Database=panel", ["mailbox", "add", "--batch"], "bob@example.org\ncarl@example.org\n");

        Assert.Equal(3, answer.Status);
        Assert.Equal([1], Lines(answer.Error));
        Assert.Contains("What follows line 1 was not tried.\n", answer.Error, StringComparison.Ordinal);
    }

    [MariaDbTheory]
    [InlineData("mailbox add bob@example.org --batch")]
    [InlineData("mailbox add --batch --generate")]
    [InlineData("mailbox add --batch --quota 5G")]
    [InlineData("mailbox add --generate")]
    public async Task A_batch_and_a_single_mailbox_are_not_asked_for_at_once(string arguments) =>
        Assert.Equal(2, (await Shell.RunAsync(Database.ConnectionString, arguments.Split(' '))).Status);

    private Task<ShellAnswer> BatchAsync(string[] options, string lines) =>
        Shell.RunAsync(Database.ConnectionString, ["mailbox", "add", "--batch", .. options], lines);

    private static IEnumerable<int> Lines(string error) => error.Split('\n').Where(l => l.StartsWith("Line ", StringComparison.Ordinal))
        .Select(l => int.Parse(l[5..l.IndexOf(':', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)).Distinct();
}
