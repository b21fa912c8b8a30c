using AdminPanel.Data;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>A purge frees the name and leaves the mail to be removed; nobody else loses anything by it.</summary>
public sealed class PurgeItemTests(OperationsDatabase database) : RecycleBinTest(database)
{
    [MariaDbFact]
    public async Task A_purged_mailbox_leaves_its_home_to_be_removed_and_nothing_else()
    {
        await DomainAsync("example.org");
        await DeleteMailboxAsync(await MailboxAsync("bob@example.org"));
        var home = await AskAsync("SELECT home FROM recycled_items");

        AssertRefused(await PurgeAsync("bob@example.org", confirm: "eve@example.org"), "ConfirmName:ConfirmNameDiffers");
        Done(await PurgeAsync("bob@example.org"));

        Assert.Equal("0\t0\t0", await AskAsync("SELECT (SELECT COUNT(*) FROM addresses), (SELECT COUNT(*) FROM recycled_items), (SELECT COUNT(*) FROM recycled_rows)"));
        Assert.Equal($"{home}\tbob@example.org\troot", await AskAsync("SELECT home, name, requested_by FROM purges"));
        Done(await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(new() { DomainName = "example.org", LocalPart = "bob", Password = Password }, Superadmin, default)));
    }

    [MariaDbFact]
    public async Task A_released_mailbox_that_is_purged_leaves_the_new_owner_alone()
    {
        await DomainAsync("example.org");
        await DeleteMailboxAsync(await MailboxAsync("bob@example.org"));
        Done(await ReleaseAsync("bob@example.org"));
        await MailboxAsync("bob@example.org");
        var before = await TablesAsync();

        Done(await PurgeAsync("bob@example.org"));

        Assert.Equal(before, await TablesAsync());
        Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM purges WHERE home NOT IN (SELECT home FROM mailboxes)"));
    }

    [MariaDbFact]
    public async Task A_purged_domain_takes_all_of_it_along_and_frees_its_names()
    {
        var id = await DomainAsync("example.org");
        await DomainAsync("other.example");
        await AliasDomainAsync("also.example", "example.org");
        await DeleteMailboxAsync(await MailboxAsync("alone@example.org"));
        await MailboxAsync("bob@example.org");
        await AliasAsync("@example.org", "bob@example.org");
        await MailboxAsync("guest@other.example");
        await DeleteDomainAsync(id);

        var plan = Done(await PurgeAsync("example.org"));

        Assert.Equal((2, 1), (plan.HomeCount, plan.AloneCount));
        Assert.Equal("other.example\t1\t1\t0\t0\t2", await AskAsync(
            "SELECT (SELECT GROUP_CONCAT(name) FROM domains), (SELECT COUNT(*) FROM addresses), (SELECT COUNT(*) FROM mailboxes), (SELECT COUNT(*) FROM recycled_items), (SELECT COUNT(*) FROM recycled_rows), (SELECT COUNT(*) FROM purges)"));
        foreach (var name in (string[])["example.org", "also.example"])
            Done(await RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = name }, Superadmin, default)));
    }

    private async Task<Outcome<PurgePlan>> PurgeAsync(string name, string? confirm = null)
    {
        var id = await ItemAsync(name);
        var plan = await RunAsync<PurgeItem, PurgePlan?>(o => o.PlanAsync(id, Superadmin, default));
        return await RunAsync<PurgeItem, Outcome<PurgePlan>>(o => o.RunAsync(new() { Id = id, ConfirmName = confirm ?? name, Plan = plan!.Fingerprint() }, Superadmin, default));
    }
}
