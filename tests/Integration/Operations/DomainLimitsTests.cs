using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>What a domain gives its mailboxes, what they may have at most, and the words that domains are sorted by.</summary>
public sealed class DomainLimitsTests(OperationsDatabase database) : OperationsTest(database)
{
    private const long Gigabyte = 1L << 30;

    [MariaDbFact]
    public async Task No_mailbox_is_larger_than_the_largest_and_none_goes_without()
    {
        Done(await CreateAsync(new() { Name = "example.org", MailboxQuotaLimit = "2G" }));
        Done(await CreateAsync(new() { Name = "other.example" }));

        AssertRefused(await AddAsync("bob", quota: "3G"), "Quota:QuotaAboveLargest");
        AssertRefused(await AddAsync("bob", quota: null), "Quota:QuotaNeededBelow");
        Done(await AddAsync("bob", quota: "2G"));
        Assert.Equal("1\t2147483648", await AskAsync("SELECT mailbox_count, allocated_quota FROM domains WHERE name = 'example.org'"));

        var id = long.Parse(await AskAsync("SELECT id FROM mailboxes"), System.Globalization.CultureInfo.InvariantCulture);
        AssertRefused(await RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 1, Quota = "2049M" }, Superadmin, default)), "Quota:QuotaAboveLargest");
        AssertRefused(await RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 1 }, Superadmin, default)), "Quota:QuotaNeededBelow");
        var large = await MailboxAsync("eve@other.example", quota: 3 * Gigabyte);
        AssertRefused(await RunAsync<RenameMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = large, NewAddress = "eve@example.org" }, Superadmin, default)), ":QuotaAboveLargest");
    }

    [MariaDbFact]
    public async Task Without_over_commit_the_sum_stays_within_the_pool_and_with_it_the_page_says_by_how_much_not()
    {
        Done(await CreateAsync(new() { Name = "example.org", QuotaLimit = "3G" }));
        Done(await AddAsync("bob", quota: "2G"));
        AssertRefused(await AddAsync("eve", quota: "2G"), "Quota:QuotaLimitReached");
        Assert.Equal(0, (await DetailAsync()).Overcommitted);

        Done(await UpdateAsync(new() { QuotaLimit = "3G", AllowsOvercommit = true }));
        Done(await AddAsync("eve", quota: "2G"));
        Assert.Equal((4 * Gigabyte, Gigabyte), ((await DetailAsync()).AllocatedQuota, (await DetailAsync()).Overcommitted));
        // No sum holds a mailbox without a quota, over-committed or not.
        AssertRefused(await AddAsync("ann", quota: null), "Quota:QuotaNeeded");

        AssertRefused(await UpdateAsync(new() { QuotaLimit = "3G" }), "QuotaLimit:QuotaLimitBelowAllocated");
        Done(await UpdateAsync(new() { QuotaLimit = "1G", AllowsOvercommit = true }));
        Assert.Equal(3 * Gigabyte, (await DetailAsync()).Overcommitted);
    }

    [MariaDbFact]
    public async Task A_largest_mailbox_below_what_one_has_is_refused_and_names_it()
    {
        await DomainAsync("example.org");
        await MailboxAsync("bob@example.org", quota: 5 * Gigabyte);
        var refused = Assert.IsType<Outcome<Saved>.Refused>(await UpdateAsync(new() { MailboxQuotaLimit = "4G" }));
        Assert.Equal(new Problem("MailboxQuotaLimit", "LargestBelowQuota", "bob@example.org", new ByteSize(5 * Gigabyte)).ToString(), Assert.Single(refused.Problems).ToString());

        Done(await UpdateAsync(new() { MailboxQuotaLimit = "5G" }));
        Done(await UpdateAsync(new() { }));
        await MailboxAsync("eve@example.org");
        AssertRefused(await UpdateAsync(new() { MailboxQuotaLimit = "9G" }), "MailboxQuotaLimit:QuotaLimitNeedsQuotas");
    }

    [MariaDbTheory]
    [InlineData("MailboxQuotaLimit", "much", "SizeUnreadable")]
    [InlineData("MailboxQuotaLimit", "0", "SizeUnreadable")]
    [InlineData("MailboxQuotaLimit", "-1G", "SizeUnreadable")]
    [InlineData("MailboxQuotaLimit", "17T", "SizeTooLarge")]
    [InlineData("Tags", "-gold", "TagUnreadable")]
    [InlineData("Tags", "gold <script>", "TagUnreadable")]
    [InlineData("Tags", "o'connor", "TagUnreadable")]
    [InlineData("Tags", "=1+1", "TagUnreadable")]
    [InlineData("Tags", "a%", "TagUnreadable")]
    [InlineData("Tags", "\U0001F600", "TagUnreadable")]
    [InlineData("Tags", "a\u202eb", "TagUnreadable")]
    [InlineData("Tags", "\ud800", "TagUnreadable")]
    [InlineData("Tags", "a23456789012345678901234567890123", "TagUnreadable")]
    [InlineData("Tags", "1 2 3 4 5 6 7 8 9 10 11", "TooManyTags")]
    public async Task What_cannot_be_is_named_with_its_field(string field, string value, string code)
    {
        AssertRefused(
            await CreateAsync(new() { Name = "example.org", MailboxQuotaLimit = field == "MailboxQuotaLimit" ? value : null, Tags = field == "Tags" ? value : null }), $"{field}:{code}");
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM domains"));
    }

    [MariaDbFact]
    public async Task A_default_quota_above_the_largest_mailbox_is_refused()
    {
        AssertRefused(await CreateAsync(new() { Name = "example.org", MailboxQuotaLimit = "1G", DefaultQuota = "2G" }), "DefaultQuota:DefaultQuotaAboveLargest");
    }

    [MariaDbFact]
    public async Task Tags_are_kept_once_in_lower_case_and_the_list_is_filtered_by_one()
    {
        Done(await CreateAsync(new() { Name = "example.org", Tags = " Gold, BERLIN;gold\n\u00c4rzte " }));
        Done(await CreateAsync(new() { Name = "other.example", Tags = "gold" }));
        Done(await CreateAsync(new() { Name = "third.example" }));
        Assert.Equal("berlin\ngold\n\u00e4rzte", await AskAsync("SELECT t.name FROM domain_tags t JOIN domains d ON d.id = t.domain_id WHERE d.name = 'example.org' ORDER BY t.name"));
        Assert.Equal("berlin\tgold\t\u00e4rzte", await AskAsync(
            "SELECT JSON_VALUE(`after`, '$.tags[0]'), JSON_VALUE(`after`, '$.tags[1]'), JSON_VALUE(`after`, '$.tags[2]') FROM audit_entries WHERE subject = 'example.org'"));

        Assert.Equal(["example.org", "other.example"], await NamesAsync("gold"));
        Assert.Equal(["example.org"], await NamesAsync("berlin"));
        Assert.Empty(await NamesAsync("gol"));
        Assert.Equal(["berlin", "gold", "\u00e4rzte"], await RunAsync<DomainRows, IReadOnlyList<string>>(r => r.TagsAsync(Superadmin, default)));

        Done(await UpdateAsync(new() { Tags = "gold silver" }));
        Assert.Equal(["gold", "silver"], (await DetailAsync()).Tags);
        Assert.Equal(["gold"], (await RunAsync<DomainRows, RowPage<DomainRow>>(r => r.PageAsync(new() { Tag = "gold" }, Superadmin, default))).Rows[1].Tags);
    }

    [MariaDbFact]
    public async Task A_domain_admin_is_offered_the_tags_of_assigned_domains_only()
    {
        Done(await CreateAsync(new() { Name = "example.org", Tags = "gold" }));
        Done(await CreateAsync(new() { Name = "other.example", Tags = "unpaid" }));
        var ute = await DomainAdminAsync("ute", "example.org");

        Assert.Equal(["gold"], await RunAsync<DomainRows, IReadOnlyList<string>>(r => r.TagsAsync(ute, default)));
        Assert.Empty((await RunAsync<DomainRows, RowPage<DomainRow>>(r => r.PageAsync(new() { Tag = "unpaid" }, ute, default))).Rows);
    }

    [MariaDbFact]
    public async Task The_list_shows_what_is_used_beside_what_is_given_out_and_counts_old_sums_again()
    {
        await DomainAsync("example.org");
        await DomainAsync("other.example");
        await MailboxAsync("bob@example.org", quota: Gigabyte);
        await MailboxAsync("eve@example.org", quota: Gigabyte);
        await AskAsync("INSERT INTO mailbox_usage (address, bytes, messages) VALUES ('bob@example.org', 10, 1), ('eve@example.org', 5, 2)");

        Assert.Equal([(2 * Gigabyte, 15), (0, 0)], await UsedAsync());
        await AskAsync("UPDATE mailbox_usage SET bytes = 100 WHERE address = 'bob@example.org'");
        Assert.Equal([(2 * Gigabyte, 15), (0, 0)], await UsedAsync());
        await AskAsync("UPDATE domain_usage SET counted_at = counted_at - INTERVAL 1 HOUR");
        Assert.Equal([(2 * Gigabyte, 105), (0, 0)], await UsedAsync());
    }

    private async Task<IEnumerable<(long Allocated, long Used)>> UsedAsync() =>
        (await RunAsync<DomainRows, RowPage<DomainRow>>(r => r.PageAsync(new(), Superadmin, default))).Rows.Select(r => (r.AllocatedQuota, r.Used!.Bytes));

    private async Task<IEnumerable<string>> NamesAsync(string tag) =>
        (await RunAsync<DomainRows, RowPage<DomainRow>>(r => r.PageAsync(new() { Tag = tag }, Superadmin, default))).Rows.Select(r => r.Name.Value);

    private async Task<DomainDetail> DetailAsync() =>
        (await RunAsync<DomainRows, DomainDetail?>(r => r.FindAsync(DomainName.Parse("example.org"), Superadmin, default)))!;

    private Task<Outcome<SavedWithPassword>> AddAsync(string localPart, string? quota) => RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(
        new() { DomainName = "example.org", LocalPart = localPart, Quota = quota, HasNoQuota = quota is null, Password = Password }, Superadmin, default));

    private Task<Outcome<Saved>> CreateAsync(CreateDomain.Input input) => RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));

    private async Task<Outcome<Saved>> UpdateAsync(UpdateDomain.Input input)
    {
        var stored = await DetailAsync();
        return await RunAsync<UpdateDomain, Outcome<Saved>>(o => o.RunAsync(input with { Id = stored.Id, Version = stored.Version }, Superadmin, default));
    }
}
