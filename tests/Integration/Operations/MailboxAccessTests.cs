using AdminPanel.Data;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Protocols and networks of a mailbox.</summary>
public sealed class MailboxAccessTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_mailbox_allows_everything_from_everywhere_unless_somebody_chose()
    {
        await DomainAsync("example.org");
        Done(await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(
            new() { DomainName = "example.org", LocalPart = "bob", Password = Password }, Superadmin, default)));

        Assert.Equal("1\t1\t1\t1\tNULL", await AskAsync("SELECT allows_imap, allows_pop3, allows_smtp, allows_sieve, allowed_networks FROM mailboxes"));
    }

    [MariaDbFact]
    public async Task What_is_chosen_for_a_new_mailbox_is_stored()
    {
        await DomainAsync("example.org");
        Done(await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(
            new() { DomainName = "example.org", LocalPart = "bob", Password = Password, AllowsPop3 = false, AllowsSieve = false, AllowedNetworks = "192.0.2.7/24" },
            Superadmin, default)));

        Assert.Equal("1\t0\t1\t0\t192.0.2.0/24", await AskAsync("SELECT allows_imap, allows_pop3, allows_smtp, allows_sieve, allowed_networks FROM mailboxes"));
    }

    [MariaDbFact]
    public async Task Networks_are_stored_once_each_in_one_spelling_and_the_audit_says_before_and_after()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");

        Done(await UpdateAsync(new() { Id = id, Version = 1, AllowsSmtp = false, AllowedNetworks = "2001:DB8::1/32,\n192.0.2.9/24; 192.0.2.0/24\t10.0.0.1" }));

        Assert.Equal("10.0.0.1,192.0.2.0/24,2001:db8::/32", await AskAsync("SELECT allowed_networks FROM mailboxes"));
        Assert.Equal(
            "true\tfalse\t10.0.0.1,192.0.2.0/24,2001:db8::/32",
            await AskAsync("SELECT JSON_EXTRACT(`before`, '$.access.smtp'), JSON_EXTRACT(`after`, '$.access.smtp'), JSON_VALUE(`after`, '$.access.networks') FROM audit_entries"));
        Done(await UpdateAsync(new() { Id = id, Version = 2, AllowedNetworks = " \n" }));
        Assert.Equal("1\tNULL", await AskAsync("SELECT allows_smtp, allowed_networks FROM mailboxes"));
    }

    [MariaDbTheory]
    [InlineData("192.0.2.0/33", "NetworkPrefixTooLong")]
    [InlineData("everywhere", "NetworkUnreadable")]
    [InlineData("<script>", "NetworkUnreadable")]
    [InlineData("10.0.0.0/8 10.1", "NetworkUnreadable")]
    public async Task What_is_no_network_is_named_and_nothing_changes(string networks, string code)
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");
        var before = await TablesAsync();

        AssertRefused(await UpdateAsync(new() { Id = id, Version = 1, AllowsImap = false, AllowedNetworks = networks }), $"AllowedNetworks:{code}");
        Assert.Equal(before, await TablesAsync());
    }

    [MariaDbFact]
    public async Task Forty_of_the_longest_networks_fit_and_one_more_is_refused()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");
        var longest = Enumerable.Range(0, 41).Select(i => $"2001:db8:1111:2222:3333:4444:5555:{0xa000 + (2 * i):x}/127").ToList();

        Done(await UpdateAsync(new() { Id = id, Version = 1, AllowedNetworks = string.Join('\n', longest.Take(40)) }));
        Assert.Equal(string.Join(',', longest.Take(40)), await AskAsync("SELECT allowed_networks FROM mailboxes"));
        AssertRefused(await UpdateAsync(new() { Id = id, Version = 2, AllowedNetworks = string.Join('\n', longest) }), "AllowedNetworks:TooManyNetworks");
    }

    private Task<Outcome<Saved>> UpdateAsync(UpdateMailbox.Input input) =>
        RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));
}
