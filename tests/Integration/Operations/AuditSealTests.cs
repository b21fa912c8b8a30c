using System.Globalization;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Audit.Seals;
using AdminPanel.Web.Platform.DataProtection;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>
/// The attack: somebody who can write the database, but has no key file, makes the audit tell something else. And what is
/// no attack: transactions that commit in another order than they took their ids.
/// </summary>
public sealed class AuditSealTests(OperationsDatabase database) : AuditSealTest(database)
{
    [MariaDbFact]
    public async Task Entries_are_sealed_in_batches_and_what_is_not_sealed_yet_is_counted()
    {
        await FillAsync(1, 2_500);
        await SealAsync(2_490);

        var found = await VerifyAsync();

        Assert.Equal((null, 3, 2_490, 0, 10), (found.Break, found.Seals, found.Entries, found.Late, found.Unsealed));
        Assert.Equal("1000,1000,490", await AskAsync("SELECT GROUP_CONCAT(entry_count ORDER BY number) FROM audit_seals"));
        Assert.Equal(await AskAsync("SELECT digest FROM audit_seals WHERE number = 3"), found.Digest);
        Assert.Null((await VerifyAsync(await AskAsync("SELECT digest FROM audit_seals WHERE number = 1"))).Break);
    }

    [MariaDbFact]
    public async Task An_audit_without_entries_is_whole()
    {
        var found = await VerifyAsync();

        Assert.Equal((null, 0, 0, 0, null), (found.Break, found.Seals, found.Entries, found.Unsealed, found.Digest));
    }

    [MariaDbTheory]
    [InlineData("at = at + INTERVAL 1 MICROSECOND")]
    [InlineData("account_id = 5")]
    [InlineData("actor = 'root '")]
    [InlineData("source = NULL")]
    [InlineData("request_id = 'R'")]
    [InlineData("action = 'mailbox.delete'")]
    [InlineData("subject = 'x@example.org'")]
    [InlineData("domain_id = 5")]
    [InlineData("`before` = ''")]
    [InlineData("after = NULL")]
    public async Task A_changed_column_of_an_entry_is_named(string change)
    {
        await FillAsync(1, 1_200);
        await SealAsync(1_200);
        await AskAsync($"UPDATE audit_entries SET {change} WHERE id IN (1100, 1150)");

        Assert.Equal(new(AuditFault.EntryChanged, 2, 1100), (await VerifyAsync()).Break);
    }

    [MariaDbTheory]
    [InlineData("DELETE FROM audit_entries WHERE id = 1", AuditFault.EntryDeleted, 1, 1)]
    [InlineData("DELETE FROM audit_entries WHERE id IN (700, 701)", AuditFault.EntryDeleted, 1, 700)]
    [InlineData("DELETE FROM audit_entries WHERE id = 1000", AuditFault.EntryDeleted, 1, 1000)]
    [InlineData("DELETE FROM audit_entries WHERE id >= 1200", AuditFault.EntryDeleted, 2, 1200)]
    [InlineData("DELETE FROM audit_entries", AuditFault.EntryDeleted, 1, 1)]
    [InlineData("UPDATE audit_entries SET id = IF(id = 5, 9000000, id)", AuditFault.EntryDeleted, 1, 5)]
    [InlineData("DELETE FROM audit_seals WHERE number = 1", AuditFault.SealMissing, 1, null)]
    [InlineData("DELETE FROM audit_seals WHERE number = 2", AuditFault.SealMissing, 2, null)]
    [InlineData("UPDATE audit_seals SET number = IF(number = 9, 2, IF(number = 2, 3, 9)) WHERE number > 1 ORDER BY number DESC", AuditFault.SealChanged, 3, null)]
    [InlineData("UPDATE audit_seals SET entry_count = 999 WHERE number = 2", AuditFault.SealChanged, 2, null)]
    [InlineData("UPDATE audit_seals SET sealed_at = sealed_at + INTERVAL 1 DAY WHERE number = 1", AuditFault.SealChanged, 1, null)]
    [InlineData("UPDATE audit_seals SET entries = LEFT(entries, 40) WHERE number = 3", AuditFault.SealChanged, 3, null)]
    [InlineData("UPDATE audit_seals SET mark = CONCAT(SUBSTRING_INDEX(mark, ':', 1), ':', REPEAT('0', 64)) WHERE number = 2", AuditFault.SealForged, 2, null)]
    [InlineData("UPDATE audit_seals SET mark = CONCAT('other', mark) WHERE number = 2", AuditFault.SealKeyUnknown, 2, null)]
    public async Task Whatever_is_done_to_entries_and_seals_the_first_is_named(string tampering, AuditFault fault, int seal, int? entry)
    {
        await FillAsync(1, 2_100);
        await SealAsync(2_100);
        await AskAsync(tampering);

        Assert.Equal(new(fault, seal, entry), (await VerifyAsync()).Break);
    }

    /// <summary>The attack: with the source at hand, the whole chain is made anew over changed entries.</summary>
    [MariaDbFact]
    public async Task A_chain_that_was_made_anew_does_not_fit_the_key_file_nor_the_digest_that_was_kept()
    {
        await FillAsync(1, 20);
        await SealAsync(20);
        var kept = (await VerifyAsync()).Digest;
        await AskAsync("UPDATE audit_entries SET actor = 'somebody else' WHERE id = 3");
        await ForgeAsync();

        Assert.Equal(new(AuditFault.SealKeyUnknown, 1), (await VerifyAsync()).Break);
        Assert.Null((await VerifyAsync(isKeyed: false)).Break);
        Assert.Equal(new(AuditFault.DigestMissing), (await VerifyAsync(kept, isKeyed: false)).Break);
    }

    /// <summary>The attack: the newest seals are taken away with their entries. The chain alone cannot know; a digest that was kept can.</summary>
    [MariaDbFact]
    public async Task Without_the_newest_seal_the_digest_that_was_kept_is_missing()
    {
        await FillAsync(1, 1_500);
        await SealAsync(1_500);
        var kept = (await VerifyAsync()).Digest;
        await AskAsync("DELETE FROM audit_seals WHERE number = 2; DELETE FROM audit_entries WHERE id > 1000");

        Assert.Null((await VerifyAsync()).Break);
        Assert.Equal(new(AuditFault.DigestMissing), (await VerifyAsync(kept)).Break);
    }

    [MariaDbFact]
    public async Task An_entry_put_between_sealed_ones_is_named_and_never_sealed()
    {
        await FillAsync(1, 9);
        await FillAsync(11, 30);
        await SealAsync(30, ago: TimeSpan.FromHours(2));
        await FillAsync(10, 10);

        Assert.Null(await WithSealerAsync(TimeSpan.Zero, s => s.NextLateAsync(default)));
        Assert.Equal(new(AuditFault.EntryInserted, null, 10), (await VerifyAsync()).Break);

        // Nor does a seal that comes later hide it.
        await FillAsync(31, 40);
        await SealAsync(40);
        Assert.Equal(new(AuditFault.EntryInserted, null, 10), (await VerifyAsync()).Break);
    }

    [MariaDbFact]
    public async Task A_flood_of_entries_between_sealed_ones_is_seen_before_it_fills_the_memory()
    {
        await FillAsync(1, 1);
        await FillAsync(20_000, 20_000);
        await SealAsync(20_000);
        await FillAsync(2, 12_000);

        Assert.Equal(new(AuditFault.EntryInserted, 1, 2), (await VerifyAsync()).Break);
    }

    /// <summary>Ids are taken when an entry is inserted, and committed in any order: the one that is late is neither lost nor taken for a forgery.</summary>
    [MariaDbFact]
    public async Task An_entry_of_a_transaction_that_commits_after_the_seal_goes_into_a_later_one()
    {
        await FillAsync(1, 1);
        await using var writer = new MariaDbConnection(Database.ConnectionString);
        await writer.OpenAsync();
        await using var transaction = await writer.BeginTransactionAsync();
        await InsertAsync(writer, "late@example.org");
        await using (var other = new MariaDbConnection(Database.ConnectionString))
        {
            await other.OpenAsync();
            await InsertAsync(other, "early@example.org");
        }
        var newest = long.Parse(await AskAsync("SELECT MAX(id) FROM audit_entries"), CultureInfo.InvariantCulture);

        // With the transaction open: the sealer takes no lock that it has to wait for.
        await SealAsync(newest);
        Assert.Equal((null, 2, 0), Short(await VerifyAsync()));
        await transaction.CommitAsync();

        Assert.Equal((null, 2, 1), Short(await VerifyAsync()));
        Assert.Equal(1, (await WithSealerAsync(TimeSpan.Zero, s => s.NextLateAsync(default)))!.EntryCount);
        Assert.Null(await WithSealerAsync(TimeSpan.Zero, s => s.NextLateAsync(default)));
        var found = await VerifyAsync();
        Assert.Equal(((AuditBreak?)null, 3L, 0L), Short(found));
        Assert.Equal(1, found.Late);

        // From here on it is sealed like any other.
        await AskAsync("UPDATE audit_entries SET subject = 'x' WHERE subject = 'late@example.org'");
        Assert.Equal(new(AuditFault.EntryChanged, 2, newest - 1), (await VerifyAsync()).Break);

        static (AuditBreak?, long, long) Short(AuditVerification v) => (v.Break, v.Entries, v.Unsealed);
    }

    [MariaDbFact]
    public async Task Ids_that_were_taken_and_rolled_back_are_no_gap()
    {
        await FillAsync(1, 3);
        await AskAsync("START TRANSACTION; INSERT INTO audit_entries (at, actor, request_id, action, subject) VALUES (UTC_TIMESTAMP(6), 'root', 'r', 'x', 'x'); ROLLBACK");
        await FillAsync(50, 60);
        await SealAsync(60);

        Assert.Equal((null, 14), ((await VerifyAsync()).Break, (await VerifyAsync()).Entries));
        Assert.Null(await WithSealerAsync(TimeSpan.Zero, s => s.NextLateAsync(default)));
    }

    [MariaDbFact]
    public async Task Panels_that_seal_at_the_same_time_make_one_chain()
    {
        await FillAsync(1, 8_000);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (await AskAsync("SELECT IFNULL(MAX(sealed_to), 0) FROM audit_seals") != "8000") await WithSealerAsync(TimeSpan.Zero, s => s.NextAsync(8_000, default));
        }));

        var found = await VerifyAsync();
        Assert.Equal((null, 8, 8_000, 0), (found.Break, found.Seals, found.Entries, found.Unsealed));
    }

    private static async Task InsertAsync(MariaDbConnection connection, string subject)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO audit_entries (at, actor, request_id, action, subject) VALUES (UTC_TIMESTAMP(6), 'root', 'r', 'mailbox.create', '{subject}')";
        await command.ExecuteNonQueryAsync();
    }

    private async Task ForgeAsync()
    {
        await AskAsync("DELETE FROM audit_seals");
        var directory = Directory.CreateTempSubdirectory("forger-");
        var key = KeyFile.Open(Path.Combine(directory.FullName, "key"));
        await DbAsync(db => new SealAudit(db, key).NextAsync(long.MaxValue, default));
        directory.Delete(recursive: true);
    }

    private async Task<AuditVerification> VerifyAsync(string? expected = null, bool isKeyed = true)
    {
        var key = isKeyed ? await RunAsync<KeyFile, KeyFile>(Task.FromResult) : null;
        return await DbAsync(db => new VerifyAudit(db, key, expected, null).RunAsync(default));
    }
}
