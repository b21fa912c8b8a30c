using System.Data.Common;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Sessions;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>What an agent on a mail server reads: each end of rights once, in whatever order it is committed, and what ends by the clock.</summary>
public sealed class SessionFeedTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task Every_agent_sees_a_row_once_and_one_that_starts_sees_those_of_the_last_hour()
    {
        await AddAsync("early@example.org", minutesAgo: 61);
        await AddAsync("lately@example.org", minutesAgo: 59);
        var (first, second) = (await FeedAsync(), await FeedAsync());

        Assert.Equal(["lately@example.org"], await first.ReadAsync(default));
        await AddAsync("bob@example.org");
        Assert.Equal(["bob@example.org"], await first.ReadAsync(default));
        Assert.Equal([], await first.ReadAsync(default));
        await AddAsync("*@other.example");
        Assert.Equal(["*@other.example"], await first.ReadAsync(default));

        Assert.Equal(["lately@example.org", "bob@example.org", "*@other.example"], await second.ReadAsync(default));
        Assert.Equal([], await second.ReadAsync(default));
    }

    /// <summary>Numbers are given when a row is written, not when it can be seen.</summary>
    [MariaDbFact]
    public async Task A_transaction_that_began_first_and_ends_last_is_not_passed_over()
    {
        await using var slow = new MariaDbConnection(Database.ConnectionString);
        await slow.OpenAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await using var insert = slow.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO session_ends (mask, at) VALUES ('slow@example.org', UTC_TIMESTAMP(6))";
        var feed = await FeedAsync();
        Assert.Equal([], await feed.ReadAsync(default));

        await insert.ExecuteNonQueryAsync();
        await AddAsync("fast@example.org");
        Assert.Equal(["fast@example.org"], await feed.ReadAsync(default));
        Assert.Equal([], await feed.ReadAsync(default));
        await transaction.CommitAsync();

        Assert.Equal(["slow@example.org"], await feed.ReadAsync(default));
        Assert.Equal([], await feed.ReadAsync(default));
    }

    [MariaDbFact]
    public async Task An_end_that_comes_by_the_clock_is_found_when_it_has_come()
    {
        await DomainAsync("example.org");
        await MailboxAsync("bob@example.org");
        await MailboxAsync("later@example.org");
        await AliasAsync("info@example.org", "x@y.example");
        await AskAsync("UPDATE addresses SET active_until = UTC_TIMESTAMP(6) + INTERVAL 1 DAY");
        var feed = await FeedAsync();
        Assert.Equal([], await feed.ReadAsync(default));

        await AskAsync("UPDATE addresses SET active_until = UTC_TIMESTAMP(6) WHERE address NOT LIKE 'later@%'");

        Assert.Equal(["bob@example.org"], await feed.ReadAsync(default));
        Assert.Equal([], await feed.ReadAsync(default));
    }

    [MariaDbFact]
    public async Task A_password_that_is_too_old_for_its_domain_is_found_when_it_is()
    {
        await DomainAsync("example.org");
        await DomainAsync("strict.example");
        await DomainAsync("never.example");
        foreach (var domain in (string[])["example.org", "strict.example", "never.example"]) await MailboxAsync($"bob@{domain}");
        await AskAsync("UPDATE domains SET password_max_age_days = CASE name WHEN 'example.org' THEN 90 WHEN 'strict.example' THEN 30 END");
        var feed = await FeedAsync();
        Assert.Equal([], await feed.ReadAsync(default));

        await AskAsync("UPDATE mailboxes SET password_changed_at = UTC_TIMESTAMP(6) - INTERVAL 30 DAY");
        Assert.Equal(["bob@strict.example"], await feed.ReadAsync(default));
        await AskAsync("UPDATE mailboxes SET password_changed_at = UTC_TIMESTAMP(6) - INTERVAL 90 DAY");
        Assert.Equal(["bob@example.org"], await feed.ReadAsync(default));
        Assert.Equal([], await feed.ReadAsync(default));
    }

    /// <summary>A look that finds nothing costs nothing, however many mailboxes there are.</summary>
    [MariaDbFact]
    public async Task A_look_reads_no_mailbox_that_did_not_end()
    {
        await DomainAsync("example.org");
        await AskAsync("""
            INSERT INTO addresses (address, domain_id, kind, is_active, active_until) SELECT CONCAT('m', seq, '@example.org'), d.id, 'mailbox', 1, UTC_TIMESTAMP(6) + INTERVAL seq HOUR FROM seq_1_to_3000, domains d;
            INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at)
            SELECT id, kind, 'x', UTC_TIMESTAMP(6) - INTERVAL id MINUTE, CONCAT('h/', id), 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses;
            UPDATE domains SET password_max_age_days = 365;
            ANALYZE TABLE addresses, mailboxes, domains
            """);
        await using var own = MariaDbFactory.Instance.CreateDataSource(Database.ConnectionString + ";MaxPoolSize=1");
        var feed = new SessionFeed(own);
        await feed.ReadAsync(default);
        var before = await ReadsAsync(own);

        await feed.ReadAsync(default);

        Assert.InRange(await ReadsAsync(own) - before, 0, 60);
    }

    private Task<SessionFeed> FeedAsync() => RunAsync<DbDataSource, SessionFeed>(source => Task.FromResult(new SessionFeed(source)));

    private Task<string> AddAsync(string mask, int minutesAgo = 0) => AskAsync($"INSERT INTO session_ends (mask, at) VALUES ('{mask}', UTC_TIMESTAMP(6) - INTERVAL {minutesAgo} MINUTE)");

    // Reading them reads some, too: a few dozen.
    private static async Task<long> ReadsAsync(DbDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED) FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME LIKE 'Handler_read%'";
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
