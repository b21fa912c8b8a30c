using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Integration.Cli;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Tags of many domains at once.</summary>
public sealed class TagDomainsTests(OperationsDatabase database) : OperationsTest(database)
{
    private const string Tags = "SELECT d.name, GROUP_CONCAT(t.name ORDER BY t.name) FROM domains d LEFT JOIN domain_tags t ON t.domain_id = d.id GROUP BY d.id ORDER BY 1";

    [MariaDbFact]
    public async Task Tags_come_and_go_in_what_was_ticked_and_each_change_is_written_down()
    {
        var (a, b) = (await DomainAsync("a.example"), await DomainAsync("b.example"));
        await DomainAsync("c.example");
        await AskAsync("INSERT INTO domain_tags (domain_id, name) SELECT id, 'old' FROM domains");

        Assert.Equal(2, Done(await RunAsync(new() { Ids = [a, b], Add = "Gold, berlin", Remove = "old", Count = 2 })));

        Assert.Equal("a.example\tberlin,gold\nb.example\tberlin,gold\nc.example\told", await AskAsync(Tags));
        Assert.Equal("2\n2\n1", await AskAsync("SELECT version FROM domains ORDER BY name"));
        Assert.Equal("domain.update\ta.example\t[\"old\"]\t[\"berlin\",\"gold\"]", await AskAsync(
            "SELECT action, subject, JSON_COMPACT(JSON_EXTRACT(`before`, '$.tags')), JSON_COMPACT(JSON_EXTRACT(`after`, '$.tags')) FROM audit_entries ORDER BY id LIMIT 1"));
        Assert.Equal(0, Done(await RunAsync(new() { Ids = [a, b], Add = "gold" })));
        Assert.Equal("2", await AskAsync("SELECT COUNT(*) FROM audit_entries"));
    }

    [MariaDbFact]
    public async Task All_that_match_the_filter_are_changed_and_nothing_that_a_count_did_not_include()
    {
        foreach (var name in (string[])["shop1.example", "shop2.example", "other.example"]) await DomainAsync(name);
        await AskAsync("INSERT INTO domain_tags (domain_id, name) SELECT id, 'new' FROM domains WHERE name <> 'shop2.example'");

        AssertRefused(await RunAsync(new() { Filter = new PageRequest { Filter = "shop" }, Add = "gold", Count = 1 }), ":PlanChanged");
        Assert.Equal(1, Done(await RunAsync(new() { Filter = new PageRequest { Filter = "shop", Tag = "new" }, Add = "gold", Count = 1 })));

        Assert.Equal("other.example\tnew\nshop1.example\tgold,new\nshop2.example\tNULL", await AskAsync(Tags));
    }

    [MariaDbTheory]
    [InlineData(null, " , ", "Add:TagsNone")]
    [InlineData("gold", "GOLD", "Remove:TagBoth")]
    [InlineData("<script>", null, "Add:TagUnreadable")]
    [InlineData("gold", "-x", "Remove:TagUnreadable")]
    [InlineData("a b c d e f g h i j k", null, "Add:TooManyTags")]
    [InlineData("x y", null, "Add:TooManyTagsIn")]
    public async Task What_cannot_be_is_named_and_no_domain_is_changed(string? add, string? remove, string problem)
    {
        await DomainAsync("a.example");
        await DomainAsync("full.example");
        await AskAsync("INSERT INTO domain_tags (domain_id, name) SELECT id, CONCAT('t', seq) FROM domains, seq_1_to_9 WHERE name = 'full.example'");
        var before = await AskAsync(Tags);

        AssertRefused(await RunAsync(new() { Add = add, Remove = remove }), problem);

        Assert.Equal(before, await AskAsync(Tags));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM audit_entries"));
    }

    /// <summary>The attack of an admin who ticks the ids of domains that are somebody else's, or whose limits are not theirs.</summary>
    [MariaDbFact]
    public async Task Domains_whose_limits_are_not_the_actor_s_stay_as_they_are()
    {
        var (own, foreign, limited) = (await DomainAsync("own.example"), await DomainAsync("foreign.example"), await DomainAsync("limited.example"));
        var ute = await DomainAdminAsync("ute", "own.example", "limited.example");
        await AskAsync($"UPDATE domain_admins SET permissions = IF(domain_id = {own}, {(int)DomainPermissions.Limits}, {(int)DomainPermissions.Mailboxes})");

        Assert.Equal(1, Done(await RunAsync(new() { Ids = [own, foreign, limited], Add = "gold" }, ute)));
        Assert.Equal(0, Done(await RunAsync(new() { Add = "gold" }, ute)));
        AssertRefused(await RunAsync(new() { Ids = [foreign], Add = "gold" }, ute), ":JobNothing");

        Assert.Equal("foreign.example\tNULL\nlimited.example\tNULL\nown.example\tgold", await AskAsync(Tags));
        Assert.Equal(["own.example"], (await RunAsync<TagDomains, NameList>(o => o.PlanAsync(new(), ute, default))).First);
    }

    [MariaDbFact]
    public async Task The_shell_tags_domains_by_name_or_all_under_the_limits_of_their_list()
    {
        foreach (var name in (string[])["a.example", "b.example", "c.example"]) await DomainAsync(name);

        Assert.Equal((0, "Changed the tags of 2 domains.\n"), await ShellAsync("a.example", "B.example", "--add", "gold,berlin"));
        Assert.Equal((0, "Changed the tags of 1 domain.\n"), await ShellAsync("--all", "--filter", "b", "--tag", "gold", "--add", "new", "--remove", "gold"));
        Assert.Equal(1, (await ShellAsync("a.example", "nobody.example", "--add", "x")).Status);
        Assert.Equal(2, (await ShellAsync("--add", "x")).Status);

        Assert.Equal("a.example\tberlin,gold\nb.example\tberlin,new\nc.example\tNULL", await AskAsync(Tags));
    }

    [MariaDbFact]
    public async Task Whoever_holds_the_limits_of_a_domain_ticks_that_one_in_the_list()
    {
        var own = await DomainAsync("own.example");
        await DomainAsync("limited.example");
        var ute = await DomainAdminAsync("ute", "own.example", "limited.example");
        await AskAsync($"UPDATE domain_admins SET permissions = IF(domain_id = {own}, {(int)DomainPermissions.Limits}, {(int)DomainPermissions.Mailboxes})");

        var rows = (await RunAsync<DomainRows, RowPage<DomainRow>>(r => r.PageAsync(new(), ute, default))).Rows;
        var all = (await RunAsync<DomainRows, RowPage<DomainRow>>(r => r.PageAsync(new(), Superadmin, default))).Rows;

        Assert.Equal([("limited.example", false), ("own.example", true)], rows.Select(r => (r.Name.Value, r.MayChange)));
        Assert.All(all, r => Assert.True(r.MayChange));
    }

    private async Task<(int Status, string Out)> ShellAsync(params string[] arguments)
    {
        var answer = await Shell.RunAsync(Database.ConnectionString, ["domain", "tag", .. arguments]);
        return (answer.Status, answer.Out);
    }

    private Task<Outcome<int>> RunAsync(TagDomains.Input input, Actor? actor = null) => RunAsync<TagDomains, Outcome<int>>(o => o.RunAsync(input, actor ?? Superadmin, default));
}
