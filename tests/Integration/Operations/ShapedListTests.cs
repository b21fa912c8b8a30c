using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>
/// A page whose SQL was made for an earlier one shows its own rows: not those of the first domain that was asked for, of
/// the first key, of the first moment, or of whoever asked first.
/// </summary>
public sealed class ShapedListTests(OperationsDatabase database) : OperationsTest(database)
{
    /// <summary>Of a length for which nothing is kept: the query is built for it.</summary>
    private const int Built = PageRequest.Size + 1;

    private static readonly PageRequest[] Places =
    [
        new(), new() { IsLast = true }, new() { After = "k030" }, new() { Before = "k100" }, new() { After = "k055" }, new() { Before = "k070" },
        new() { After = "a text that is no key" },
    ];

    [MariaDbFact]
    public async Task A_page_has_the_rows_that_a_query_of_its_own_has()
    {
        await FillAsync();
        var ute = await DomainAdminAsync("ute", "one.example");
        var rows = 0;
        foreach (var actor in new[] { Superadmin, ute, Superadmin })
        {
            foreach (var place in Places)
            {
                rows += await SameAsync(place, r => RunAsync<MailboxRows, RowPage<MailboxRow>>(m => m.EverywhereAsync(r, actor, default)), r => r.Address);
                rows += await SameAsync(place, r => RunAsync<AliasRows, RowPage<AliasRow>>(a => a.EverywhereAsync(r, actor, default)), r => r.Address);
                rows += await SameAsync(Domain(place), r => RunAsync<DomainRows, RowPage<DomainRow>>(d => d.PageAsync(r, actor, default)), r => r.Name.Value);
                foreach (var name in new[] { "one.example", "two.example" })
                {
                    if (actor == ute && name == "two.example") continue;

                    rows += await SameAsync(place, r => RunAsync<MailboxRows, RowPage<MailboxRow>?>(m => m.OfDomainAsync(DomainName.Parse(name), r, actor, default))!, r => r.Address);
                    rows += await SameAsync(place, r => RunAsync<AliasRows, RowPage<AliasRow>?>(a => a.OfDomainAsync(DomainName.Parse(name), r, actor, default))!, r => r.Address);
                }
            }
        }
        Assert.True(rows > 2_500, $"{rows} rows were compared");
    }

    [MariaDbFact]
    public async Task What_is_over_is_over_at_the_moment_of_the_page()
    {
        await DomainAsync("one.example");
        await MailboxAsync("ann@one.example");
        await AliasAsync("info@one.example", "ann@one.example");
        Assert.Equal((AddressState.Active, AddressState.Active), await StatesAsync());

        await AskAsync("UPDATE addresses SET active_until = UTC_TIMESTAMP(6)");

        Assert.Equal((AddressState.Expired, AddressState.Expired), await StatesAsync());
    }

    [MariaDbFact]
    public async Task A_mailbox_is_found_by_whoever_may_see_it_and_not_by_whoever_asks_next()
    {
        foreach (var name in new[] { "one", "two" })
        {
            await DomainAsync($"{name}.example");
            await MailboxAsync($"ann@{name}.example", quota: name.Length, forwards: $"{name}@elsewhere.example");
        }
        var (ute, eva) = (await DomainAdminAsync("ute", "one.example"), await DomainAdminAsync("eva", "two.example"));
        await AskAsync($"UPDATE domain_admins SET permissions = {(int)DomainPermissions.Passwords} WHERE account_id = {eva.AccountId}");

        foreach (var (actor, address, allowed) in new (Actor, string, DomainPermissions?)[]
        {
            (ute, "ann@one.example", DomainPermissions.Usual), (eva, "ann@one.example", null), (eva, "ann@two.example", DomainPermissions.Passwords), (ute, "ann@two.example", null),
            (Superadmin, "ann@one.example", DomainPermissions.All), (Superadmin, "ann@two.example", DomainPermissions.All), (Superadmin, "ben@one.example", null),
        })
        {
            var parsed = EmailAddress.Parse(address);
            var head = await RunAsync<MailboxRows, MailboxHead?>(m => m.HeadAsync(parsed, actor, default));
            var found = await RunAsync<MailboxRows, MailboxDetail?>(m => m.FindAsync(parsed, actor, default));

            Assert.Equal((allowed, allowed), (head?.Allowed, found?.Allowed));
            if (allowed is null) continue;

            Assert.Equal((address, address, $"{parsed.Domain.Value[..3]}@elsewhere.example"), (head!.Address, found!.Address, Assert.Single(found.Forwards)));
        }
    }

    private async Task<(AddressState Mailbox, AddressState Alias)> StatesAsync() => (
        Assert.Single((await RunAsync<MailboxRows, RowPage<MailboxRow>>(m => m.EverywhereAsync(new(), Superadmin, default))).Rows).State,
        Assert.Single((await RunAsync<AliasRows, RowPage<AliasRow>>(a => a.EverywhereAsync(new(), Superadmin, default))).Rows).State);

    private static async Task<int> SameAsync<TRow>(PageRequest request, Func<PageRequest, Task<RowPage<TRow>>> ask, Func<TRow, string> name)
    {
        var page = await ask(request);
        var built = await ask(request with { Count = Built });

        var expected = built.Rows.Select(name).ToList();
        if (expected.Count == Built) expected.RemoveAt(request.IsLast || request.Before is not null ? 0 : Built - 1);
        Assert.Equal(expected, page.Rows.Select(name));
        return expected.Count;
    }

    private static PageRequest Domain(PageRequest place) =>
        place with { After = place.After is { } after ? $"{after}.example" : null, Before = place.Before is { } before ? $"{before}.example" : null };

    private async Task FillAsync()
    {
        foreach (var name in new[] { "one.example", "two.example" }) await DomainAsync(name);
        foreach (var i in Enumerable.Range(1, 120)) await DomainAsync($"k{i:D3}.example");
        await AskAsync("""
            INSERT INTO addresses (address, domain_id, kind, is_active)
            SELECT CONCAT('k', LPAD(s.seq, 3, '0'), x.mark, '@', d.name), d.id, x.kind, 1
            FROM seq_1_to_120 s JOIN domains d ON d.name IN ('one.example', 'two.example') JOIN (SELECT 'm' AS mark, 'mailbox' AS kind UNION SELECT 'a', 'alias') x
            """);
        await AskAsync("INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at) SELECT id, 'mailbox', '{PLAIN}x', UTC_TIMESTAMP(6), MD5(id), 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses WHERE kind = 'mailbox'");
        await AskAsync("INSERT INTO aliases (address_id, kind, version, created_at, updated_at) SELECT id, 'alias', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses WHERE kind = 'alias'");
        await AskAsync("UPDATE domains SET mailbox_count = 120, alias_count = 120 WHERE name IN ('one.example', 'two.example')");
    }
}
