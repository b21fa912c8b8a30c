using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Find;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.RelayDomains;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class FindTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_beginning_finds_domains_and_addresses()
    {
        await WorldAsync();

        Assert.Equal("bella.example | bob@example.org", await FindAsync("BE", "bob"));
        Assert.Equal("", await FindAsync("ob@", "nobody"));
        Assert.Equal("@example.org", await FindAsync("@exam"));
    }

    [MariaDbFact]
    public async Task A_part_finds_names_comments_and_who_forwards_to_an_address()
    {
        await WorldAsync();

        Assert.Equal("bob@example.org", await InsideAsync("ella fitz"));
        Assert.Equal("info@example.org", await InsideAsync("front desk"));
        Assert.Equal("bella.example", await InsideAsync("jazz"));
        Assert.Equal("@example.org info@example.org", await InsideAsync("boss@far.example"));
        Assert.Equal("boss@far.example", (await RunAsync<FoundRows, FoundThings>(r => r.FindAsync(Inside("far"), Superadmin, default))).Addresses[0].Destination);
    }

    [MariaDbFact]
    public async Task Signs_of_patterns_are_letters_and_a_single_letter_will_do()
    {
        await WorldAsync();
        await MailboxAsync("o'connor@example.org");
        await AskAsync("UPDATE mailboxes SET display_name = '50% \\\\ <script> _ 🦊' WHERE address_id = (SELECT id FROM addresses WHERE address LIKE 'o%connor@%')");

        foreach (var text in (string[])["%", "_", "\\", "<script>", "🦊", "'"]) Assert.Equal((text, "o'connor@example.org"), (text, await InsideAsync(text)));
        Assert.Equal("", await InsideAsync("\ud800"));
        Assert.Equal("", await InsideAsync("' OR 1=1 -- "));
        Assert.Equal("bella.example @example.org bob@example.org info@example.org", await InsideAsync("b"));
    }

    [MariaDbFact]
    public async Task Relay_domains_are_found_by_whoever_manages_their_recipients()
    {
        await DomainAsync("example.org");
        Done(await RunAsync<CreateRelayDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "branch.example", Description = "The other office" }, Superadmin, default)));
        var admin = await DomainAdminAsync("ute", "example.org");

        Assert.Equal("branch.example", await FindAsync("bran"));
        Assert.Equal("branch.example", await InsideAsync("other off"));
        Assert.Equal("", await InsideAsync("branch", admin));
    }

    [MariaDbFact]
    public async Task Recipients_and_aliases_in_a_relay_domain_are_found_by_whoever_manages_them()
    {
        await DomainAsync("example.org");
        var id = Done(await RunAsync<CreateRelayDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "branch.example" }, Superadmin, default))).Id;
        await AskAsync($"INSERT INTO addresses (address, domain_id, kind, is_active) VALUES ('ann@branch.example', {id}, 'relay_recipient', 1)");
        await AliasAsync("annual@branch.example", "ann@branch.example");
        var (recipients, aliases) = (await DomainAdminAsync("ute", "branch.example"), await DomainAdminAsync("uwe", "branch.example"));
        await AskAsync(
            $"UPDATE domain_admins SET permissions = IF(account_id = {recipients.AccountId}, {(int)DomainPermissions.Mailboxes}, {(int)DomainPermissions.Aliases})");

        Assert.Equal("ann@branch.example annual@branch.example", await FindAsync("ann"));
        Assert.Equal("ann@branch.example annual@branch.example", await InsideAsync("nn@b"));
        Assert.Equal("ann@branch.example", await FindAsync("ann", actor: recipients));
        Assert.Equal("annual@branch.example", await FindAsync("ann", actor: aliases));
        Assert.Equal("", await FindAsync("ann", actor: await DomainAdminAsync("eve", "example.org")));
    }

    [MariaDbFact]
    public async Task What_is_outside_the_scope_is_not_found()
    {
        await WorldAsync();
        await DomainAsync("other.example");
        await MailboxAsync("secret@other.example", forwards: "boss@far.example");
        var admin = await DomainAdminAsync("ute", "other.example");

        Assert.Equal("secret@other.example", await InsideAsync("boss@far.example", admin));
        Assert.Equal("", await InsideAsync("bob", admin));
        Assert.Equal("", await FindAsync("bella", actor: admin));
    }

    [MariaDbFact]
    public async Task The_whole_list_under_the_same_text_has_what_was_found()
    {
        await WorldAsync();
        await MailboxAsync("eve@example.org", forwards: "boss@far.example");

        var named = await RunAsync<MailboxRows, RowPage<MailboxRow>>(r => r.EverywhereAsync(Inside("fitz"), Superadmin, default));
        var forwarding = await RunAsync<MailboxRows, RowPage<MailboxRow>>(r => r.EverywhereAsync(Inside("far.example"), Superadmin, default));

        Assert.Equal(["bob@example.org"], named.Rows.Select(r => r.Address));
        Assert.Equal(["eve@example.org"], forwarding.Rows.Select(r => r.Address));
    }

    private static PageRequest Inside(string text) => new() { Filter = text, IsInside = true };

    private async Task WorldAsync()
    {
        await DomainAsync("example.org");
        await DomainAsync("bella.example");
        await MailboxAsync("bob@example.org");
        await AliasAsync("info@example.org", "boss@far.example");
        await AliasAsync("@example.org", "boss@far.example");
        await AskAsync("UPDATE mailboxes SET display_name = 'Ella Fitzgerald'; UPDATE aliases SET comment = 'Front desk' WHERE kind = 'alias'; UPDATE domains SET description = 'All that jazz' WHERE name = 'bella.example'");
    }

    private Task<string> InsideAsync(string text, Actor? actor = null) => NamesAsync(Inside(text), actor);

    private async Task<string> FindAsync(string text, string? second = null, Actor? actor = null)
    {
        var first = await NamesAsync(new() { Filter = text }, actor);
        return second is null ? first : string.Join(" | ", new[] { first, await NamesAsync(new() { Filter = second }, actor) }.Where(n => n.Length > 0));
    }

    private async Task<string> NamesAsync(PageRequest request, Actor? actor)
    {
        var found = await RunAsync<FoundRows, FoundThings>(r => r.FindAsync(request, actor ?? Superadmin, default));
        return string.Join(' ', found.Domains.Select(d => d.Name.Value).Concat(found.Addresses.Select(a => a.Address)));
    }
}
