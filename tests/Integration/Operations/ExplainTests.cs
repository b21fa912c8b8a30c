using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Explain;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.RelayDomains;
using AdminPanel.Web.Features.Shared;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>What is said about an address. That the daemons do it is tests/MailStack/ExplanationTests.</summary>
public sealed class ExplainTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task Each_address_on_the_way_is_a_step_with_its_row_and_what_postfix_asks()
    {
        await DomainAsync("example.org");
        await AliasDomainAsync("alias.example", "example.org");
        await MailboxAsync("bob@example.org", 1_000_000);
        await AliasAsync("info@example.org", "bob@example.org", "nobody@example.org", "ann@example.net");

        var said = (await ExplainAsync("info+news@alias.example"))!;

        Assert.Equal((250, ExplainOutcome.Complete), (said.Reply, said.Outcome));
        Assert.Equal(["info+news@alias.example", "info+news@example.org", "ann@example.net", "bob@example.org"], said.Steps.Select(s => s.Address));
        Assert.Equal([OwnerWay.AtTargetWithoutExtension, OwnerWay.WithoutExtension], said.Steps.Take(2).Select(s => s.Owner!.Way));
        Assert.Equal(new LeftOut("nobody@example.org", Silence.NobodyHasIt), Assert.Single(said.Steps[1].LeftOut));
        Assert.Equal([(EndingKind.Mailbox, "bob@example.org"), (EndingKind.Elsewhere, "ann@example.net")], said.Endings.Select(e => (e.Kind, e.Address)).Order());
        Assert.Equal(await AskAsync("SELECT id FROM addresses WHERE address = 'info@example.org'"), said.Steps[0].Owner!.Id.ToString());
        var asked = said.Steps[0].Lookups[2];
        Assert.Equal(("virtual_alias_maps_outside", "info+news@alias.example", "info+news@example.org"), (asked.Table, asked.Key, Assert.Single(asked.Answers)));
        // The statement is one that the server takes, with the same answer.
        Assert.StartsWith("info+news@example.org", await AskAsync(asked.Sql!), StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_relay_domain_without_a_host_of_its_own_goes_by_its_mx_records_and_one_that_is_off_goes_nowhere()
    {
        await AskAsync("INSERT INTO settings (`key`, value, updated_at) VALUES ('relay_domains', 'yes', UTC_TIMESTAMP(6))");
        foreach (var name in (string[])["mx.example", "off.example"]) Done(await RunAsync<CreateRelayDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = name }, Superadmin, default)));
        await AskAsync("UPDATE domains SET is_active = 0 WHERE name = 'off.example'");

        var (served, off) = (await TransportAsync("listed@mx.example"), await TransportAsync("listed@off.example"));
        await AskAsync("DELETE FROM settings WHERE `key` = 'relay_domains'");

        Assert.Equal(["relay:mx.example"], served);
        Assert.Empty(off);
    }

    [MariaDbFact]
    public async Task However_many_addresses_there_are_it_reads_those_on_the_way()
    {
        await DomainAsync("example.org");
        await AliasDomainAsync("alias.example", "example.org");
        await MailboxAsync("bob@example.org");
        await AliasAsync("info@example.org", "bob@example.org");
        await AskAsync("INSERT INTO addresses (address, domain_id, kind, is_active, is_internal, members_may_send, is_group) SELECT CONCAT('filler', seq, '@example.org'), (SELECT id FROM domains WHERE name = 'example.org'), 'alias', 1, 0, 0, 0 FROM seq_1_to_2000");

        Assert.InRange(await RowsReadAsync(db => new ExplainAddress(db, new ServerSettings(db, new ConfigurationBuilder().Build())).RunAsync(EmailAddress.Parse("info+news@alias.example"), isOutside: true, Superadmin, default)), 1, 500);
    }

    [MariaDbTheory]
    [InlineData("is_active = 0", 550, Silence.Inactive)]
    [InlineData("active_from = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR", 550, Silence.Scheduled)]
    [InlineData("active_until = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR", 550, Silence.Expired)]
    [InlineData("is_internal = 1", 550, Silence.Internal)]
    [InlineData("is_active = 1", 250, Silence.None)]
    public async Task What_is_owned_never_reaches_the_catch_all(string change, int reply, Silence why)
    {
        await DomainAsync("example.org");
        await MailboxAsync("caught@example.org");
        await MailboxAsync("bob@example.org");
        await AliasAsync("@example.org", "caught@example.org");
        await AskAsync($"UPDATE addresses SET {change} WHERE address = 'bob@example.org'");

        var said = (await ExplainAsync("bob@example.org"))!;

        Assert.Equal((reply, why), (said.Reply, said.Silence));
        Assert.DoesNotContain(said.Endings, e => e.Address == "caught@example.org");
        Assert.Equal("caught@example.org", Assert.Single((await ExplainAsync("anybody@example.org"))!.Endings).Address);
    }

    [MariaDbFact]
    public async Task A_full_mailbox_is_refused_for_now_and_behind_an_alias_it_is_said_where_mail_waits()
    {
        await DomainAsync("example.org");
        await MailboxAsync("bob@example.org", 1_000);
        await AliasAsync("info@example.org", "bob@example.org");
        await AskAsync("INSERT INTO mailbox_usage (address, bytes, messages) VALUES ('bob@example.org', 1000, 3)");

        Assert.Equal(452, (await ExplainAsync("bob@example.org"))!.Reply);
        var behind = (await ExplainAsync("info@example.org"))!;
        Assert.Equal((250, EndingKind.FullMailbox), (behind.Reply, Assert.Single(behind.Endings).Kind));
    }

    [MariaDbFact]
    public async Task A_circle_is_told_from_what_is_for_too_many()
    {
        await DomainAsync("example.org");
        foreach (var (from, to) in new[] { ("a", "b"), ("b", "c"), ("c", "d"), ("d", "a") }) await AliasAsync($"{from}@example.org", $"{to}@example.org");
        await AliasAsync("many@example.org", [.. Enumerable.Range(0, 1_001).Select(n => $"m{n}@example.net")]);

        Assert.Equal(ExplainOutcome.Circle, (await ExplainAsync("a@example.org"))!.Outcome);
        Assert.Equal(ExplainOutcome.TooMany, (await ExplainAsync("many@example.org"))!.Outcome);
    }

    [MariaDbFact]
    public async Task More_than_is_read_is_too_many_and_no_fault()
    {
        await DomainAsync("example.org");
        await AliasAsync("top@example.org", [.. Enumerable.Range(0, 60).Select(n => $"a{n}@example.org")]);
        // More than 4,000 on one step, so that what the first of them leads to is not read any more.
        for (var n = 0; n < 60; n++) await AliasAsync($"a{n}@example.org", [.. Enumerable.Range(0, 80).Select(m => $"b{n}x{m}@example.net"), .. n == 0 ? (string[])["aa@example.org"] : []]);
        await AliasAsync("aa@example.org", "deep@example.org");
        await AliasAsync("deep@example.org", "ann@example.net");

        Assert.Equal(ExplainOutcome.TooMany, (await ExplainAsync("top@example.org"))!.Outcome);
    }

    [MariaDbFact]
    public async Task Who_may_send_is_the_owner_an_only_destination_and_whoever_was_granted_it()
    {
        await DomainAsync("example.org");
        await AliasDomainAsync("alias.example", "example.org");
        await MailboxAsync("bob@example.org");
        var ann = await MailboxAsync("ann@example.org");
        await AliasAsync("info@example.org", "bob@example.org");
        await AliasAsync("team@example.org", "bob@example.org", "ann@example.org");
        await AliasAsync("@example.org", "bob@example.org");
        await AskAsync($"INSERT INTO send_as_grants (mailbox_id, address, domain_id) SELECT {ann}, 'info@example.org', id FROM domains WHERE name = 'example.org'");

        Assert.Equal([new("bob@example.org", SenderRight.Owner)], await SendersAsync("bob+news@alias.example"));
        Assert.Equal([new("ann@example.org", SenderRight.Grant), new("bob@example.org", SenderRight.Destination)], await SendersAsync("info@example.org"));
        Assert.Empty(await SendersAsync("team@example.org"));
        Assert.Empty(await SendersAsync("anybody@example.org"));
    }

    [MariaDbTheory]
    [InlineData("bob@example.org", "bob@example.org", SenderRefusal.None)]
    [InlineData("bob@example.org", "info@example.org", SenderRefusal.None)]
    [InlineData("ann@example.org", "info@example.org", SenderRefusal.NotADestination)]
    [InlineData("bob@example.org", "team@example.org", SenderRefusal.OneOfSeveral)]
    [InlineData("bob@example.org", "ann@example.org", SenderRefusal.AnotherMailbox)]
    [InlineData("bob@example.org", "anybody@example.org", SenderRefusal.NobodysAddress)]
    [InlineData("bob@example.org", "off@example.org", SenderRefusal.AddressInactive)]
    [InlineData("bob@example.org", "bob@closed.example", SenderRefusal.DomainInactive)]
    [InlineData("bob@example.org", "bob@example.net", SenderRefusal.DomainElsewhere)]
    [InlineData("off@example.org", "off@example.org", SenderRefusal.MailboxInactive)]
    [InlineData("mute@example.org", "mute@example.org", SenderRefusal.SubmissionOff)]
    [InlineData("info@example.org", "info@example.org", SenderRefusal.NoMailbox)]
    public async Task Why_a_mailbox_may_not_send_as_an_address_is_said(string login, string address, SenderRefusal refusal)
    {
        await DomainAsync("example.org");
        await DomainAsync("closed.example", isActive: false);
        foreach (var name in (string[])["bob", "ann", "off", "mute"]) await MailboxAsync($"{name}@example.org");
        await AliasAsync("info@example.org", "bob@example.org");
        await AliasAsync("team@example.org", "bob@example.org", "ann@example.org");
        await AliasAsync("@example.org", "bob@example.org");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE address = 'off@example.org'; UPDATE mailboxes SET allows_smtp = 0 WHERE address_id = (SELECT id FROM addresses WHERE address = 'mute@example.org')");

        var said = await RunAsync<ExplainAddress, Explanation?>(e => e.RunAsync(EmailAddress.Parse(address), isOutside: true, Superadmin, default, EmailAddress.Parse(login)));

        Assert.Equal(new SenderAnswer(login, refusal), said!.Sender);
    }

    [MariaDbFact]
    public async Task What_is_not_the_actors_is_not_found_or_not_named()
    {
        await DomainAsync("own.example");
        await DomainAsync("foreign.example");
        await MailboxAsync("secret@foreign.example");
        await AliasAsync("info@own.example", "secret@foreign.example", "ann@example.net");
        var ute = await DomainAdminAsync("ute", "own.example");

        Assert.Null(await ExplainAsync("secret@foreign.example", actor: ute));
        Assert.Null(await ExplainAsync("nobody@foreign.example", actor: ute));
        Assert.Null(await ExplainAsync("anybody@example.net", actor: ute));
        var said = (await ExplainAsync("info@own.example", actor: ute))!;
        Assert.DoesNotContain("secret", System.Text.Json.JsonSerializer.Serialize(said), StringComparison.Ordinal);
        Assert.Equal([EndingKind.Mailbox, EndingKind.Elsewhere], said.Endings.Select(e => e.Kind).Order());

        await AskAsync("UPDATE domain_admins SET permissions = 8");
        Assert.Null(await ExplainAsync("info@own.example", actor: ute));
    }

    [MariaDbFact]
    public async Task Mail_for_other_hosts_is_taken_from_people_who_have_signed_in()
    {
        await DomainAsync("example.org", isActive: false);

        Assert.Equal((554, Silence.DomainElsewhere), Reply(await ExplainAsync("ann@example.net")));
        Assert.Equal((554, Silence.DomainInactive), Reply(await ExplainAsync("ann@example.org")));
        var sent = (await ExplainAsync("ann@example.net", isOutside: false))!;
        Assert.Equal((250, EndingKind.Elsewhere), (sent.Reply, Assert.Single(sent.Endings).Kind));

        static (int, Silence) Reply(Explanation? said) => (said!.Reply, said.Silence);
    }

    private Task<Explanation?> ExplainAsync(string address, bool isOutside = true, Actor? actor = null) =>
        RunAsync<ExplainAddress, Explanation?>(e => e.RunAsync(EmailAddress.Parse(address), isOutside, actor ?? Superadmin, default));

    private async Task<IReadOnlyList<string>> TransportAsync(string address) =>
        (await ExplainAsync(address))!.Steps[0].Lookups.Single(l => l.Table == "transport_maps").Answers;

    private async Task<IReadOnlyList<SenderLogin>> SendersAsync(string address) => (await ExplainAsync(address))!.Senders;
}
