using AdminPanel.Tests.Integration.Operations;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Cli;

/// <summary>Lists in the shell are limited by the words of their pages' URLs.</summary>
public sealed class ListCommandTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbTheory]
    [InlineData("mailbox", "", "ann@example.org bob@example.org eve@other.example")]
    [InlineData("mailbox", "example.org --state inactive", "bob@example.org")]
    [InlineData("mailbox", "--only ending --state active", "ann@example.org")]
    [InlineData("mailbox", "--tag gold", "eve@other.example")]
    [InlineData("mailbox", "--tag no,tag", "")]
    [InlineData("mailbox", "--filter xam --inside", "ann@example.org bob@example.org eve@other.example")]
    [InlineData("mailbox", "--filter xam", "")]
    [InlineData("alias", "--only catch-alls", "@other.example")]
    [InlineData("domain", "--only empty", "empty.example")]
    [InlineData("domain", "--tag gold --filter o", "other.example")]
    [InlineData("alias-domain", "--only target-stopped", "stopped.example")]
    [InlineData("relay-domain", "--only no-recipients --filter r", "relay.example")]
    [InlineData("relay-domain", "--state inactive", "")]
    [InlineData("admin", "--only superadmins", "root2")]
    [InlineData("admin", "--only domain-admins --state active", "ute")]
    [InlineData("recycle-bin", "--only aliases", "@gone.example old@gone.example")]
    [InlineData("recycle-bin", "--only mailboxes", "")]
    [InlineData("recycle-bin", "--filter @gone.example", "@gone.example old@gone.example")]
    [InlineData("recycle-bin", "--filter @gone", "@gone.example")]
    public async Task A_list_is_limited_as_its_page_is(string noun, string limits, string names)
    {
        await DomainAsync("example.org");
        await DomainAsync("empty.example");
        await DomainAsync("other.example");
        await MailboxAsync("ann@example.org");
        await MailboxAsync("bob@example.org");
        await MailboxAsync("eve@other.example");
        await AliasAsync("@other.example", "eve@other.example");
        await AliasAsync("info@other.example", "eve@other.example");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE address = 'bob@example.org'; UPDATE addresses SET active_until = UTC_TIMESTAMP(6) + INTERVAL 1 DAY WHERE address LIKE '%@example.org'; INSERT INTO domain_tags (domain_id, name) SELECT id, 'gold' FROM domains WHERE name = 'other.example'; UPDATE domains SET mailbox_count = (SELECT COUNT(*) FROM mailboxes m JOIN addresses a ON a.id = m.address_id WHERE a.domain_id = domains.id)");

        if (noun is not ("mailbox" or "alias" or "domain")) await OthersAsync();

        var answer = await Shell.RunAsync(Database.ConnectionString, [noun, "list", .. limits.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--csv"]);

        Assert.Equal((0, names), (answer.Status, string.Join(' ', answer.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')[0].TrimStart('\'')))));
    }

    // What lists of other things have.
    private async Task OthersAsync()
    {
        await DomainAsync("off.example", isActive: false);
        await AliasDomainAsync("stopped.example", "off.example");
        await AliasDomainAsync("works.example", "example.org");
        await DomainAdminAsync("ute", "example.org");
        await DomainAsync("gone.example");
        await AskAsync(
            """
            INSERT INTO accounts (login, kind, password_hash, security_stamp, is_active, version, created_at, updated_at) VALUES ('root2', 'superadmin', 'x', 's', 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
            INSERT INTO domains (name, kind, transport, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES
              ('relay.example', 'relay', 'mx', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)), ('rich.example', 'relay', 'mx', 1, 1, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
            INSERT INTO recycled_items (kind, name, domain_id, was_active, bytes, mailbox_count, alias_count, deleted_at, deleted_by)
              SELECT k.kind, k.name, d.id, 1, 0, 0, 0, UTC_TIMESTAMP(6), 'root' FROM domains d, (SELECT 'alias' AS kind, 'old@gone.example' AS name UNION SELECT 'catch_all', '@gone.example') k WHERE d.name = 'gone.example'
            """);
    }

    [MariaDbFact]
    public async Task A_word_that_the_list_does_not_know_is_refused()
    {
        var answer = await Shell.RunAsync(Database.ConnectionString, ["mailbox", "list", "--only", "groups"]);

        Assert.NotEqual(0, answer.Status);
        Assert.Contains("nearly-full", answer.Error, StringComparison.Ordinal);
    }
}
