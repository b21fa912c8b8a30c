using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Find;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

public sealed class RowsTests(OperationsDatabase database) : ManyRowsTest(database)
{
    [MariaDbFact]
    public async Task Pages_of_mailboxes_lead_forward_and_back_and_to_the_end()
    {
        await ManyMailboxesAsync(120);

        var first = await PageAsync(new());
        var second = await PageAsync(new() { After = first.LastKey });
        var third = await PageAsync(new() { After = second.LastKey });
        var back = await PageAsync(new() { Before = second.FirstKey });
        var last = await PageAsync(new() { IsLast = true });

        Assert.Equal((50, false, true, 120), (first.Rows.Count, first.HasPrevious, first.HasNext, first.Total));
        Assert.Equal(Names(1, 50), first.Rows.Select(r => r.Address));
        Assert.Equal(Names(51, 100), second.Rows.Select(r => r.Address));
        Assert.Equal((20, true, false), (third.Rows.Count, third.HasPrevious, third.HasNext));
        Assert.Equal(first.Rows, back.Rows);
        Assert.Equal((false, true), (back.HasPrevious, back.HasNext));
        Assert.Equal(Names(71, 120), last.Rows.Select(r => r.Address));
        Assert.Equal((true, false), (last.HasPrevious, last.HasNext));
    }

    [MariaDbFact]
    public async Task A_filter_is_a_beginning_and_signs_of_like_are_letters()
    {
        await DomainAsync("example.org");
        await MailboxAsync("bob@example.org");
        await MailboxAsync("bobby@example.org");
        await MailboxAsync("b_b@example.org");
        await MailboxAsync("abob@example.org");

        Assert.Equal(["bob@example.org", "bobby@example.org"], (await PageAsync(new() { Filter = " BOB " })).Rows.Select(r => r.Address));
        Assert.Equal(["b_b@example.org"], (await PageAsync(new() { Filter = "b_" })).Rows.Select(r => r.Address));
        Assert.Empty((await PageAsync(new() { Filter = "%" })).Rows);
        Assert.Empty((await PageAsync(new() { Filter = "\ud800" })).Rows);
        Assert.Null((await PageAsync(new() { Filter = "bob" })).Total);
    }

    [MariaDbFact]
    public async Task A_state_shows_the_active_or_the_inactive_ones()
    {
        await DomainAsync("example.org");
        await MailboxAsync("on@example.org");
        var off = await MailboxAsync("off@example.org");
        Done(await RunAsync<SetMailboxActive, Outcome<Saved>>(o => o.RunAsync(new() { Id = off }, Superadmin, default)));

        Assert.Equal(["on@example.org"], (await PageAsync(new() { State = StateFilter.Active })).Rows.Select(r => r.Address));
        Assert.Equal(["off@example.org"], (await PageAsync(new() { State = StateFilter.Inactive })).Rows.Select(r => r.Address));
    }

    /// <summary>The promise: what the panel calls active, the daemons serve. Postfix and Dovecot refuse everything of an inactive domain.</summary>
    [MariaDbFact]
    public async Task Nothing_of_an_inactive_domain_is_called_active()
    {
        await DomainAsync("example.org", isActive: false);
        await MailboxAsync("on@example.org");
        await MailboxAsync("off@example.org");
        await AliasAsync("info@example.org", "on@example.org");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE address = 'off@example.org'");

        Assert.Equal([AddressState.Inactive, AddressState.DomainInactive], (await PageAsync(new())).Rows.Select(r => r.State));
        Assert.Empty((await PageAsync(new() { State = StateFilter.Active })).Rows);
        var mailbox = await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(EmailAddress.Parse("on@example.org"), Superadmin, default));
        Assert.Equal((AddressState.DomainInactive, AddressState.DomainInactive), (mailbox!.State, Assert.Single(mailbox.ForwardedFrom).State));
        var alias = await RunAsync<AliasRows, AliasDetail?>(r => r.FindAsync("info@example.org", Superadmin, default));
        Assert.Equal(AddressState.DomainInactive, alias!.State);
        Assert.DoesNotContain((await RunAsync<FoundRows, FoundThings>(r => r.FindAsync(new() { Filter = "o" }, Superadmin, default))).Addresses, a => a.State == AddressState.Active);
    }

    [MariaDbFact]
    public async Task A_row_has_what_the_list_shows()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org", quota: 5L << 30, keepsCopy: false, forwards: ["x@y.example", "z@y.example"]);

        Assert.Equal(new MailboxRow(id, "bob@example.org", null, 5L << 30, AddressState.Active, 2, false, new MailboxAccess(true, true, true, true, null)), Assert.Single((await PageAsync(new())).Rows));
    }

    [MariaDbFact]
    public async Task The_catch_all_stands_before_the_first_aliases()
    {
        await DomainAsync("example.org");
        await AliasAsync("1st@example.org", "z@y.example", "a@y.example");
        await AliasAsync("@example.org", "x@y.example");

        var page = await RunAsync<AliasRows, RowPage<AliasRow>?>(r => r.OfDomainAsync(Domain, new(), Superadmin, default));

        Assert.Equal(["@example.org", "1st@example.org"], page!.Rows.Select(r => r.Address));
        Assert.Equal([AddressKind.CatchAll, AddressKind.Alias], page.Rows.Select(r => r.Kind));
        Assert.Equal((2, "a@y.example"), (page.Rows[1].DestinationCount, page.Rows[1].FirstDestination));
        Assert.Equal(2, page.Total);
    }

    [MariaDbFact]
    public async Task A_filter_asks_the_catch_all_too()
    {
        await DomainAsync("example.org");
        await AliasAsync("info@example.org", "x@y.example");
        await AliasAsync("@example.org", "x@y.example");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE kind = 'catch_all'");

        Assert.Equal(["@example.org"], await OfDomainAsync(new() { State = StateFilter.Inactive }));
        Assert.Equal(["info@example.org"], await OfDomainAsync(new() { State = StateFilter.Active }));
        Assert.Equal(["@example.org"], await OfDomainAsync(new() { Filter = "@exam" }));
        Assert.Equal(["info@example.org"], await OfDomainAsync(new() { Filter = "inf" }));

        async Task<IEnumerable<string>> OfDomainAsync(PageRequest request) =>
            (await RunAsync<AliasRows, RowPage<AliasRow>?>(r => r.OfDomainAsync(Domain, request, Superadmin, default)))!.Rows.Select(r => r.Address);
    }

    /// <summary>Digits stand before "@" and letters behind it, so catch-alls stand in the middle of the list: here across both borders of a page.</summary>
    [MariaDbFact]
    public async Task The_aliases_of_all_domains_stand_among_their_catch_alls_across_pages()
    {
        await ManyAliasesAsync(domains: 60, before: 45, after: 45);
        string[] wanted =
        [
            .. Enumerable.Range(1, 45).Select(i => $"{i:D5}@d01.example"),
            .. Enumerable.Range(1, 60).Select(i => $"@d{i:D2}.example"),
            .. Enumerable.Range(1, 45).Select(i => $"u{i:D5}@d01.example"),
        ];

        var first = await EverywhereAsync(new());
        var second = await EverywhereAsync(new() { After = first.LastKey });
        var third = await EverywhereAsync(new() { After = second.LastKey });
        var last = await EverywhereAsync(new() { IsLast = true });
        var back = await EverywhereAsync(new() { Before = third.FirstKey });

        Assert.Equal(wanted, first.Rows.Concat(second.Rows).Concat(third.Rows).Select(r => r.Address));
        Assert.Equal((50, 50, 50), (first.Rows.Count, second.Rows.Count, third.Rows.Count));
        Assert.Equal((false, true), (first.HasPrevious, first.HasNext));
        Assert.Equal((true, false), (third.HasPrevious, third.HasNext));
        Assert.Equal(wanted[100..], last.Rows.Select(r => r.Address));
        Assert.Equal(second.Rows, back.Rows);
        Assert.Equal((true, true), (back.HasPrevious, back.HasNext));
        Assert.Equal(60, wanted.Count(a => a[0] == '@'));
        Assert.Equal([AddressKind.Alias, AddressKind.CatchAll], first.Rows.Select(r => r.Kind).Distinct());
        Assert.Equal(wanted[45..95], (await EverywhereAsync(new() { Filter = "@" })).Rows.Select(r => r.Address));
        Assert.Equal([wanted[104]], (await EverywhereAsync(new() { Filter = "@d60" })).Rows.Select(r => r.Address));
    }

    [MariaDbFact]
    public async Task Domains_page_by_name_and_are_found_by_their_own_letters()
    {
        foreach (var i in Enumerable.Range(1, 60)) await DomainAsync($"d{i:D2}.example");
        await DomainAsync("münchen.de");
        await AliasDomainAsync("alias.example", "d01.example");

        var first = await DomainsAsync(new());
        var second = await DomainsAsync(new() { After = first.LastKey });

        Assert.Equal((50, "d01.example", "d50.example"), (first.Rows.Count, first.FirstKey, first.LastKey));
        Assert.Equal(11, second.Rows.Count);
        Assert.Equal(1, first.Rows[0].AliasDomainCount);
        Assert.Equal(first.Rows.Select(r => r.Name), (await DomainsAsync(new() { Before = second.FirstKey })).Rows.Select(r => r.Name));
        Assert.Equal(["xn--mnchen-3ya.de"], (await DomainsAsync(new() { Filter = "MÜNCHEN.de" })).Rows.Select(r => r.Name.Value));
        Assert.Equal(10, (await DomainsAsync(new() { Filter = "d1" })).Rows.Count);
        Assert.Equal(50, (await DomainsAsync(new() { After = "no name at all" })).Rows.Count);
    }

    private Task<RowPage<AliasRow>> EverywhereAsync(PageRequest request) => RunAsync<AliasRows, RowPage<AliasRow>>(r => r.EverywhereAsync(request, Superadmin, default));

    private static IEnumerable<string> Names(int from, int to) => Enumerable.Range(from, to - from + 1).Select(i => $"box{i:D5}@example.org");

    private async Task<RowPage<MailboxRow>> PageAsync(PageRequest request) =>
        (await RunAsync<MailboxRows, RowPage<MailboxRow>?>(r => r.OfDomainAsync(Domain, request, Superadmin, default)))!;

    private Task<RowPage<DomainRow>> DomainsAsync(PageRequest request) => RunAsync<DomainRows, RowPage<DomainRow>>(r => r.PageAsync(request, Superadmin, default));
}
