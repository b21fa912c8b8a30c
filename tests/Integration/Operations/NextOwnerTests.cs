using AdminPanel.Tests.Integration.Cli;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.RecycleBin;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>An address in the recycle bin takes no mail. Who gets it once nobody owns the address is said before that is done.</summary>
public sealed class NextOwnerTests(OperationsDatabase database) : RecycleBinTest(database)
{
    [MariaDbTheory]
    [InlineData("bob@example.org", "@example.org")]
    [InlineData("ann+shop@example.org", "ann@example.org")]
    [InlineData("off+shop@example.org", null)]
    [InlineData("eve+shop@example.org", "@example.org")]
    [InlineData("bob@plain.example", null)]
    [InlineData("bob@late.example", null)]
    public async Task It_is_whoever_has_the_address_without_its_extension_else_the_catch_all(string address, string? expected)
    {
        await WorldAsync();
        await DeleteMailboxAsync(await MailboxAsync(address));

        var item = await RowAsync(address);
        var next = await RunAsync<RecycledItemRows, string?>(r => r.NextOwnerAsync(item, default));
        var plan = await RunAsync<PurgeItem, PurgePlan?>(o => o.PlanAsync(item.Id, Superadmin, default));

        Assert.Equal((expected, expected), (next, plan!.NextOwner));
    }

    [MariaDbFact]
    public async Task Of_a_catch_all_and_of_what_was_released_there_is_none()
    {
        await WorldAsync();
        await DeleteMailboxAsync(await MailboxAsync("bob@example.org"));
        Done(await ReleaseAsync("bob@example.org"));
        await DeleteAliasAsync(long.Parse(await AskAsync("SELECT l.id FROM aliases l JOIN addresses a ON a.id = l.address_id WHERE a.address = '@example.org'"), System.Globalization.CultureInfo.InvariantCulture));

        foreach (var name in (string[])["bob@example.org", "@example.org"])
        {
            var item = await RowAsync(name);
            Assert.Null(await RunAsync<RecycledItemRows, string?>(r => r.NextOwnerAsync(item, default)));
        }
    }

    [MariaDbFact]
    public async Task The_shell_says_who_receives_the_mail_from_now_on()
    {
        await WorldAsync();
        await DeleteMailboxAsync(await MailboxAsync("bob@example.org"));
        await DeleteMailboxAsync(await MailboxAsync("eve@example.org"));
        await DeleteMailboxAsync(await MailboxAsync("bob@plain.example"));

        var released = await Shell.RunAsync(Database.ConnectionString, ["recycle-bin", "release", "bob@example.org"]);
        var purged = await Shell.RunAsync(Database.ConnectionString, ["mailbox", "purge", "eve@example.org"]);
        var plain = await Shell.RunAsync(Database.ConnectionString, ["recycle-bin", "release", "bob@plain.example"]);

        Assert.Equal((0, "bob@example.org is free. From now on @example.org receives the mail to it.\n"), (released.Status, released.Out));
        Assert.EndsWith(" From now on @example.org receives the mail to it.\n", purged.Out, StringComparison.Ordinal);
        Assert.Equal("bob@plain.example is free.\n", plain.Out);
    }

    private async Task<RecycledItemRow> RowAsync(string name)
    {
        var id = await ItemAsync(name);
        return (await RunAsync<RecycledItemRows, RecycledItemRow?>(r => r.FindAsync(id, Superadmin, default)))!;
    }

    private async Task WorldAsync()
    {
        foreach (var domain in (string[])["example.org", "plain.example", "late.example"]) await DomainAsync(domain);
        foreach (var domain in (string[])["example.org", "late.example"]) await AliasAsync($"@{domain}", "x@elsewhere.example");
        await MailboxAsync("ann@example.org");
        await MailboxAsync("off@example.org");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE address = 'off@example.org'; UPDATE addresses SET active_from = UTC_TIMESTAMP(6) + INTERVAL 1 DAY WHERE address = '@late.example'");
    }
}
