using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Filters;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Who may choose which rules, and what becomes of them.</summary>
public sealed class FilterTests(OperationsDatabase database) : OperationsTest(database)
{
    private const string Bob = "bob@example.org";

    [MariaDbFact]
    public async Task Rules_are_kept_in_their_order_and_moved_in_it()
    {
        var id = await BobAsync();
        foreach (var name in (string[])["a", "b", "c"]) Done(await SaveAsync(id, A(name)));

        Assert.Equal("a,b,c", await OrderAsync());
        Done(await MoveAsync(id, "c", isEarlier: true));
        Assert.Equal("a,c,b", await OrderAsync());
        Done(await MoveAsync(id, "a", isEarlier: true));
        Assert.Equal("a,c,b", await OrderAsync());
        Done(await MoveAsync(id, "a", isEarlier: false));
        Assert.Equal("c,a,b", await OrderAsync());
        Done(await RunAsync<DeleteFilter, Outcome<Saved>>(async o => await o.RunAsync(new() { MailboxId = id, Id = await FilterAsync("a") }, Superadmin, default)));
        Done(await SaveAsync(id, A("d")));
        Assert.Equal("c,b,d", await OrderAsync());
        Assert.Equal("asked", await AskAsync("SELECT state FROM mailbox_scripts"));
    }

    [MariaDbFact]
    public async Task Owners_change_their_own_as_their_domain_lets_them_admins_those_they_manage_and_the_audit_says_who()
    {
        var id = await BobAsync();
        await DomainAsync("other.example");
        await MailboxAsync("eve@other.example");
        var (ute, sam) = (await DomainAdminAsync("ute", "example.org"), await DomainAdminAsync("sam", "other.example"));
        var owner = Owner(Bob, id);
        var eve = Owner("eve@other.example", await NumberAsync("SELECT MAX(id) FROM mailboxes"));

        foreach (var stranger in (Actor[])[sam, eve]) Assert.IsType<Outcome<Saved>.NotFound>(await SaveAsync(id, A("x"), stranger), exactMatch: true);
        Done(await SaveAsync(id, A("mine"), owner));
        Done(await SaveAsync(id, A("for you"), ute));
        var rule = await FilterAsync("mine");
        foreach (var stranger in (Actor[])[sam, eve])
        {
            Assert.IsType<Outcome<Saved>.NotFound>(await SaveAsync(id, A("x") with { Id = rule, Version = 1 }, stranger), exactMatch: true);
            Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<DeleteFilter, Outcome<Saved>>(o => o.RunAsync(new() { MailboxId = id, Id = rule }, stranger, default)), exactMatch: true);
            Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<MoveFilter, Outcome<Saved>>(o => o.RunAsync(new() { MailboxId = id, Id = rule }, stranger, default)), exactMatch: true);
            Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<ReplaceFilters, Outcome<Saved>>(o => o.RunAsync(new() { MailboxId = id }, stranger, default)), exactMatch: true);
        }
        // The rule of one mailbox under the number of another.
        Assert.IsType<Outcome<Saved>.NotFound>(await SaveAsync(eve.MailboxId!.Value, A("x") with { Id = rule, Version = 1 }, eve), exactMatch: true);
        await AskAsync($"UPDATE domains SET owner_rights = owner_rights & ~{(int)OwnerRights.Filters}");
        Assert.IsType<Outcome<Saved>.NotFound>(await SaveAsync(id, A("x"), owner), exactMatch: true);

        Assert.Equal("mine,for you", await OrderAsync());
        Assert.Equal($"{Bob}\nute", await AskAsync("SELECT actor FROM audit_entries WHERE action = 'mailbox.add-filter' ORDER BY id"));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM audit_entries WHERE CONCAT(IFNULL(`before`, ''), IFNULL(`after`, '')) LIKE '%secret word%'"));
    }

    [MariaDbFact]
    public async Task Mail_is_sent_on_where_the_domain_lets_its_owners_and_never_back()
    {
        var id = await BobAsync();
        await AliasDomainAsync("example.com", "example.org");
        await MailboxAsync("back@example.org", forwards: Bob);
        await AliasAsync("me@example.org", Bob);
        await AliasAsync("round@example.org", "me@example.com");
        await MailboxAsync("ann@example.org");
        var owner = Owner(Bob, id);

        AssertRefused(await SaveAsync(id, Sending("x@elsewhere.example"), owner), "SendsTo:ForwardOutside");
        foreach (var back in (string[])[Bob, "bob@example.com", "bob+x@example.org", "me@example.org", "round@example.org", "back@example.org"])
            AssertRefused(await SaveAsync(id, Sending(back), Superadmin), "SendsTo:SendsToItself");
        Done(await SaveAsync(id, Sending("ann@example.com"), owner));
        // What an admin has allowed stays, whatever else is changed.
        Done(await SaveAsync(id, Sending("x@elsewhere.example") with { Name = "out" }));
        Done(await SaveAsync(id, Sending("x@elsewhere.example") with { Name = "out again", Id = await FilterAsync("out"), Version = 1 }, owner));
        await AskAsync($"UPDATE domains SET owner_rights = owner_rights & ~{(int)OwnerRights.Forward}");
        AssertRefused(await SaveAsync(id, Sending("back2@example.org"), owner), "SendsTo:ForwardNotAllowed");
        await AskAsync($"UPDATE domains SET owner_rights = owner_rights | {(int)(OwnerRights.Forward | OwnerRights.ForwardOutside)}");
        Done(await SaveAsync(id, Sending("y@elsewhere.example"), owner));
    }

    [MariaDbFact]
    public async Task Rules_beyond_what_dovecot_does_for_a_message_are_refused()
    {
        var id = await BobAsync();
        async Task<Outcome<Saved>> SetAsync(IEnumerable<RuleForm> rules) => await RunAsync<ReplaceFilters, Outcome<Saved>>(o => o.RunAsync(new() { MailboxId = id, Rules = [.. rules] }, Superadmin, default));

        AssertRefused(await SetAsync(Enumerable.Range(0, 51).Select(i => A($"{i}"))), ":TooManyFilters");
        AssertRefused(await SetAsync(Enumerable.Range(0, 26).Select(i => A($"{i}") with { Stops = false })), ":FiltersStoreTooMuch");
        AssertRefused(await SetAsync(Enumerable.Range(0, 5).Select(i => Sending($"x{i}@elsewhere.example"))), ":FiltersSendTooMuch");
        AssertRefused(await SetAsync([A("a"), A("") with { Folder = "a..b" }]), "Rules[1].Name:FilterNameEmpty", "Rules[1].Folder:FilterFolderUnreadable");
        Done(await SetAsync(Enumerable.Range(0, 50).Select(i => i < 25 ? A($"{i}") with { Stops = false } : i < 29 ? Sending($"x{i}@elsewhere.example") : A($"{i}"))));
        AssertRefused(await SaveAsync(id, A("one more")), ":TooManyFilters");
        // One that is off counts for nothing but itself.
        Done(await SetAsync(Enumerable.Range(0, 30).Select(i => A($"{i}") with { Stops = false, IsOn = i < 25 })));
        Done(await SetAsync([]));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM mailbox_filters"));
    }

    [MariaDbFact]
    public async Task Whoever_was_overtaken_changes_nothing_and_who_changes_another_rule_was_not()
    {
        var id = await BobAsync();
        Done(await SaveAsync(id, A("a")));
        Done(await SaveAsync(id, A("b")));
        var (a, b) = (await FilterAsync("a"), await FilterAsync("b"));

        Done(await SaveAsync(id, A("first") with { Id = a, Version = 1 }));
        Assert.IsType<Outcome<Saved>.Conflict>(await SaveAsync(id, A("second") with { Id = a, Version = 1 }), exactMatch: true);
        Done(await SaveAsync(id, A("other") with { Id = b, Version = 1 }));
        Assert.Equal("first,other", await OrderAsync());
    }

    [MariaDbFact]
    public async Task Rules_go_with_their_mailbox_through_another_name_and_the_recycle_bin()
    {
        var id = await BobAsync();
        Done(await SaveAsync(id, A("Käse \"x\" \\")));
        var rule = await AskAsync("SELECT rule FROM mailbox_filters");

        var plan = (await RunAsync<DeleteMailbox, MailboxDeletion?>(o => o.PlanAsync(EmailAddress.Parse(Bob), Superadmin, default)))!;
        Done(await RunAsync<DeleteMailbox, Outcome<MailboxDeletion>>(o => o.RunAsync(new() { Id = plan.Id, Plan = plan.Fingerprint() }, Superadmin, default)));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM mailbox_filters"));
        var item = await NumberAsync("SELECT id FROM recycled_items");
        Done(await RunAsync<RestoreItem, Outcome<Saved>>(o => o.RunAsync(new() { Id = item }, Superadmin, default)));

        Assert.Equal(rule, await AskAsync("SELECT rule FROM mailbox_filters"));
        Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM mailbox_scripts"));
    }

    private static SaveFilter.Input A(string name) => new() { Name = name, Conditions = [new() { Part = FilterPart.Subject, Value = "secret word" }], Folder = "F" };

    private static SaveFilter.Input Sending(string to) => A("on") with { Delivery = FilterDelivery.Keep, SendsTo = to, Stops = false };

    private static Actor Owner(string login, long mailbox) => new(null, login, AccountKind.MailboxOwner, null, "r") { MailboxId = mailbox };

    private async Task<long> BobAsync()
    {
        await DomainAsync("example.org");
        return await MailboxAsync(Bob);
    }

    private Task<Outcome<Saved>> SaveAsync(long mailbox, SaveFilter.Input input, Actor? actor = null) =>
        RunAsync<SaveFilter, Outcome<Saved>>(o => o.RunAsync(input with { MailboxId = mailbox }, actor ?? Superadmin, default));

    private async Task<Outcome<Saved>> MoveAsync(long mailbox, string name, bool isEarlier)
    {
        var rule = await FilterAsync(name);
        return await RunAsync<MoveFilter, Outcome<Saved>>(o => o.RunAsync(new() { MailboxId = mailbox, Id = rule, IsEarlier = isEarlier }, Superadmin, default));
    }

    private Task<long> FilterAsync(string name) => NumberAsync($"SELECT id FROM mailbox_filters WHERE name = '{name}'");

    private Task<string> OrderAsync() => AskAsync("SELECT GROUP_CONCAT(name ORDER BY position, id) FROM mailbox_filters");

    private async Task<long> NumberAsync(string sql) => long.Parse(await AskAsync(sql), CultureInfo.InvariantCulture);
}
