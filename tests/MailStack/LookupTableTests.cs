using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// The tables as Postfix's own database account executes them, in the corners that the round trip of the resolution
/// table does not reach. Null is "refused".
/// </summary>
public sealed class LookupTableTests : IAsyncLifetime
{
    private static readonly Lazy<Task> Rows = new(WriteRowsAsync);

    public Task InitializeAsync() => Rows.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    [MailStackTheory]
    [InlineData("tables.example", "tables.example")]
    [InlineData("tables-alias.example", "tables-alias.example")]
    [InlineData("tables-relay.example", "tables-relay.example")]
    [InlineData("sub.tables-relay.example", null)]
    [InlineData("tables-relay-off.example", null)]
    [InlineData("tables-refusing.example", "tables-refusing.example")]
    [InlineData("tables-off.example", null)]
    [InlineData("tables-alias-off.example", null)]
    [InlineData("tables-alias-of-off.example", null)]
    [InlineData("absent.example", null)]
    [InlineData("sub.tables.example", null)]
    [InlineData("tables.example ", null)]
    [InlineData("example", null)]
    public async Task A_domain_is_ours_while_it_and_its_target_are_active(string key, string? expected) =>
        Assert.Equal(expected, await AskAsync("virtual_mailbox_domains", key));

    [MailStackTheory]
    [InlineData("box@tables.example", "t/box")]
    [InlineData("BOX@Tables.Example", "t/box")]
    [InlineData("box+ext@tables.example", "t/box")]
    [InlineData("box+a+b@tables.example", "t/box")]
    [InlineData("keeps@tables.example", "t/keeps")]
    [InlineData("leaves@tables.example", null)]
    [InlineData("off@tables.example", null)]
    [InlineData("off+ext@tables.example", null)]
    [InlineData("box+off@tables.example", null)]
    [InlineData("dated@tables.example", "t/dated")]
    [InlineData("dated+ext@tables.example", "t/dated")]
    [InlineData("expired@tables.example", null)]
    [InlineData("expired+ext@tables.example", null)]
    [InlineData("scheduled@tables.example", null)]
    [InlineData("box@tables-refusing.example", null)]
    [InlineData("listed@tables-relay.example", null)]
    [InlineData("box@tables-alias.example", null)]
    [InlineData("box@tables-off.example", null)]
    [InlineData("one@tables.example", null)]
    [InlineData("+ext@tables.example", null)]
    [InlineData("@tables.example", null)]
    [InlineData("box", null)]
    public async Task A_mailbox_that_stores_is_found_by_its_address_with_or_without_extension(string key, string? expected) =>
        Assert.Equal(expected, await AskAsync("virtual_mailbox_maps", key));

    [MailStackTheory]
    [InlineData("box@tables.example", "box@tables.example")]
    [InlineData("BOX+Ext@Tables.example", "box+ext@tables.example")]
    [InlineData("dated@tables.example", "dated@tables.example")]
    [InlineData("box@tables-alias.example", "box@tables.example")]
    [InlineData("one@tables.example", "box@tables.example")]
    [InlineData("one+ext@tables.example", "box@tables.example")]
    [InlineData("box+own@tables.example", "else@example.net")]
    [InlineData("anything@tables-caught.example", "box@tables.example")]
    [InlineData("anything@tables-caught-alias.example", "anything@tables-caught.example")]
    // Nobody, and who takes nothing now.
    [InlineData("nobody@tables.example", null)]
    [InlineData("off@tables.example", null)]
    [InlineData("off+ext@tables-caught.example", null)]
    [InlineData("off@tables-caught-alias.example", null)]
    [InlineData("expired@tables.example", null)]
    [InlineData("scheduled@tables.example", null)]
    [InlineData("off-alias@tables.example", null)]
    [InlineData("box@tables-refusing.example", null)]
    [InlineData("box@tables-off.example", null)]
    [InlineData("box@tables-refusing-alias.example", null)]
    // One destination that cannot receive, or not at once, and virtual_alias_maps decides of all.
    [InlineData("half@tables.example", null)]
    [InlineData("to-one@tables.example", null)]
    [InlineData("to-alias-form@tables.example", null)]
    [InlineData("to-off@tables.example", null)]
    [InlineData("to-expired@tables.example", null)]
    [InlineData("to-dated@tables.example", null)]
    [InlineData("to-leaves@tables.example", null)]
    [InlineData("to-refusing@tables.example", null)]
    [InlineData("to-relay@tables.example", null)]
    [InlineData("self@tables.example", null)]
    // What forwards, what is internal, and what another host stores.
    [InlineData("keeps@tables.example", null)]
    [InlineData("leaves-dead@tables.example", null)]
    [InlineData("internal@tables.example", null)]
    [InlineData("listed@tables-relay.example", null)]
    [InlineData("@tables-caught.example", null)]
    [InlineData("somebody@example.net", null)]
    [InlineData("box", null)]
    public async Task What_is_plain_is_answered_first_and_all_else_is_left_to_the_next_table(string key, string? expected)
    {
        var answer = await AskAsync("plain_alias_maps", key);
        Assert.Equal(expected, answer is null ? null : string.Join(',', answer.Split(',').Order(StringComparer.Ordinal)));
        if (expected is not null) Assert.Equal(expected, string.Join(',', (await AskAsync("virtual_alias_maps_outside", key))!.Split(',').Distinct().Order(StringComparer.Ordinal)));
    }

    [MailStackTheory]
    // Mailboxes: what is stored is the key itself, extension included.
    [InlineData("box@tables.example", "box@tables.example")]
    [InlineData("BOX+Ext@Tables.example", "box+ext@tables.example")]
    [InlineData("off@tables.example", null)]
    [InlineData("off+ext@tables.example", null)]
    [InlineData("keeps@tables.example", "else@example.net,keeps@tables.example")]
    [InlineData("keeps+ext@tables.example", "else@example.net,keeps+ext@tables.example")]
    [InlineData("leaves@tables.example", "else@example.net")]
    [InlineData("leaves+ext@tables.example", "else@example.net")]
    // Within its dates as if it had none, before and after as if it were inactive.
    [InlineData("dated@tables.example", "dated@tables.example")]
    [InlineData("expired@tables.example", null)]
    [InlineData("expired+ext@tables.example", null)]
    [InlineData("scheduled@tables.example", null)]
    [InlineData("dated-alias@tables.example", "box@tables.example")]
    [InlineData("expired-alias@tables.example", null)]
    [InlineData("scheduled-alias@tables.example", null)]
    [InlineData("to-dated@tables.example", "box@tables.example,dated@tables.example")]
    [InlineData("to-expired@tables.example", null)]
    [InlineData("to-scheduled@tables.example", null)]
    [InlineData("to-to-expired@tables.example", null)]
    [InlineData("to-expired-alias@tables.example", null)]
    // A mailbox whose only forward is dead keeps its copy, or is refused.
    [InlineData("keeps-dead@tables.example", null)]
    [InlineData("leaves-dead@tables.example", null)]
    // Whoever owns the extended address decides, even when it is off.
    [InlineData("box+own@tables.example", "else@example.net")]
    [InlineData("box+off@tables.example", null)]
    // Aliases: without the destinations that cannot receive; refused without any.
    [InlineData("one@tables.example", "box@tables.example")]
    [InlineData("one+ext@tables.example", "box@tables.example")]
    [InlineData("to-off@tables.example", null)]
    [InlineData("to-nobody@tables-guarded.example", null)]
    [InlineData("to-off-domain@tables.example", null)]
    [InlineData("to-alias-form@tables.example", "box+x@tables-alias.example")]
    [InlineData("half@tables.example", "box@tables.example")]
    [InlineData("off-alias@tables.example", null)]
    // Over a second alias.
    [InlineData("to-one@tables.example", "one@tables.example")]
    [InlineData("to-to-off@tables.example", null)]
    [InlineData("to-leaves@tables.example", "leaves@tables.example")]
    [InlineData("to-leaves-dead@tables.example", null)]
    [InlineData("loop-a@tables.example", null)]
    [InlineData("self@tables.example", null)]
    // Catch-alls: for what nobody owns, in the domain or its target; never over themselves.
    [InlineData("anything@tables-caught.example", "box@tables.example")]
    [InlineData("+ext@tables-caught.example", "box@tables.example")]
    [InlineData("off@tables-caught.example", null)]
    [InlineData("off+ext@tables-caught.example", null)]
    [InlineData("anything@tables-caught-alias.example", "anything@tables-caught.example")]
    [InlineData("off@tables-caught-alias.example", null)]
    [InlineData("off+ext@tables-caught-alias.example", null)]
    [InlineData("anything@tables-circle.example", null)]
    [InlineData("anything@tables-onward.example", "nobody@tables-caught.example")]
    [InlineData("@tables-caught.example", null)]
    // Relay domains: the recipients on the list as they are written there, and aliases to them.
    [InlineData("listed@tables-relay.example", "listed@tables-relay.example")]
    [InlineData("LISTED@Tables-Relay.example", "listed@tables-relay.example")]
    [InlineData("listed+ext@tables-relay.example", null)]
    [InlineData("nobody@tables-relay.example", null)]
    [InlineData("off@tables-relay.example", null)]
    [InlineData("listed@tables-relay-off.example", null)]
    [InlineData("alias@tables-relay.example", "box@tables.example")]
    [InlineData("to-relay@tables.example", "listed@tables-relay.example")]
    [InlineData("to-relay-ext@tables.example", null)]
    [InlineData("to-relay-nobody@tables.example", null)]
    [InlineData("to-to-relay@tables.example", "to-relay@tables.example")]
    // A domain that refuses: its mailboxes, its alias domains, and whoever forwards there.
    [InlineData("box@tables-refusing.example", null)]
    [InlineData("alias@tables-refusing.example", null)]
    [InlineData("box@tables-refusing-alias.example", null)]
    [InlineData("to-refusing@tables.example", null)]
    [InlineData("to-to-refusing@tables.example", null)]
    // Internal addresses are answered here, to those who have signed in.
    [InlineData("internal@tables.example", "box@tables.example")]
    [InlineData("internal@tables-alias.example", "internal@tables.example")]
    // Alias domains: the same local part at the target, when somebody there can receive.
    [InlineData("box@tables-alias.example", "box@tables.example")]
    [InlineData("box+ext@tables-alias.example", "box+ext@tables.example")]
    [InlineData("leaves@tables-alias.example", "leaves@tables.example")]
    [InlineData("leaves-dead@tables-alias.example", null)]
    [InlineData("to-off@tables-alias.example", null)]
    [InlineData("one@tables-alias-off.example", null)]
    [InlineData("somebody@example.net", null)]
    [InlineData("box", null)]
    public async Task An_address_is_rewritten_to_what_can_receive(string key, string? expected)
    {
        var answer = await AskAsync("virtual_alias_maps", key);
        Assert.Equal(expected, answer is null ? null : string.Join(',', answer.Split(',').Distinct().Order(StringComparer.Ordinal)));
    }

    [MailStackTheory]
    [InlineData("box@tables.example", "box@tables.example")]
    [InlineData("one@tables.example", "box@tables.example")]
    [InlineData("internal@tables.example", null)]
    [InlineData("internal+ext@tables.example", null)]
    [InlineData("internal@tables-alias.example", null)]
    // Who owns the address decides: a catch-all does not take the mail of an internal address.
    [InlineData("internal@tables-caught.example", null)]
    [InlineData("internal@tables-caught-alias.example", null)]
    [InlineData("anything@tables-caught.example", "box@tables.example")]
    // Somebody public may forward to it.
    [InlineData("to-internal@tables.example", "internal@tables.example")]
    public async Task From_outside_an_internal_address_is_nobody(string key, string? expected) =>
        Assert.Equal(expected, await AskAsync("virtual_alias_maps_outside", key));

    [MailStackTheory]
    [InlineData("listed@tables-relay.example", "relay:[192.0.2.1]:2525")]
    [InlineData("nobody@tables-relay.example", "relay:[192.0.2.1]:2525")]
    [InlineData("listed@tables-relay-v6.example", "relay:[2001:db8::1]:25")]
    [InlineData("listed@sub.tables-relay.example", null)]
    [InlineData("listed@tables-relay-off.example", null)]
    [InlineData("box@tables.example", null)]
    [InlineData("box@tables-refusing.example", null)]
    [InlineData("somebody@example.net", null)]
    [InlineData("@tables-relay.example", null)]
    [InlineData("tables-relay.example", null)]
    [InlineData(".tables-relay.example", null)]
    [InlineData("*", null)]
    public async Task A_relay_domain_has_a_next_hop_of_its_own(string key, string? expected) =>
        Assert.Equal(expected, await AskAsync("transport_maps", key));

    [MailStackFact]
    public async Task A_relay_domain_without_a_host_goes_by_its_mx_records()
    {
        var instance = await TrialInstance.Shared;
        // ./run sends it to its outbox instead, as it does everything that would leave.
        var outbox = (await instance.RunDaemonsAsync("/usr/sbin/postconf", ["-c", Path.Combine(instance.Config, "postfix"), "-h", "relayhost"])).Output.Trim();
        Assert.StartsWith("[127.0.0.1]:", outbox, StringComparison.Ordinal);
        Assert.Equal("relay:" + outbox, await AskAsync("transport_maps", "listed@tables-relay-mx.example"));

        var directory = Path.Combine(instance.Directory, "by-mx");
        Assert.Equal(0, (await instance.PanelAsync(["render", "--out", directory, "--set", "mx_relayhost=none"])).Status);
        var query = LookupTable.QueryOf(await File.ReadAllTextAsync(Path.Combine(directory, "postfix/sql/transport_maps.cf")));
        Assert.Equal("relay:tables-relay-mx.example\n", await instance.ExecuteAsync(LookupTable.Expand(query, "listed@tables-relay-mx.example")!));
    }

    [MailStackTheory]
    [InlineData("box@tables.example", "box@tables.example")]
    [InlineData("box+ext@tables.example", "box@tables.example")]
    [InlineData("box@tables-alias.example", "box@tables.example")]
    [InlineData("box+ext@tables-alias.example", "box@tables.example")]
    [InlineData("one@tables.example", "box@tables.example")]
    [InlineData("one@tables-alias.example", "box@tables.example")]
    [InlineData("to-alias-form@tables.example", "box@tables.example")]
    [InlineData("leaves@tables.example", "leaves@tables.example")]
    [InlineData("two@tables.example", null)]
    // Members of an alias that lets them: each active mailbox among its destinations, and no other.
    [InlineData("members@tables.example", "box@tables.example,keeps@tables.example")]
    [InlineData("members+ext@tables.example", "box@tables.example,keeps@tables.example")]
    [InlineData("members@tables-alias.example", "box@tables.example,keeps@tables.example")]
    [InlineData("members-off@tables.example", null)]
    [InlineData("listed@tables-relay.example", null)]
    [InlineData("to-relay@tables.example", null)]
    [InlineData("half@tables.example", null)]
    [InlineData("box+own@tables.example", null)]
    [InlineData("off@tables.example", null)]
    [InlineData("off-alias@tables.example", null)]
    [InlineData("to-off@tables.example", null)]
    [InlineData("dated@tables.example", "dated@tables.example")]
    [InlineData("expired@tables.example", null)]
    [InlineData("scheduled@tables.example", null)]
    [InlineData("dated-alias@tables.example", "box@tables.example")]
    [InlineData("expired-alias@tables.example", null)]
    [InlineData("to-expired@tables.example", null)]
    [InlineData("box@tables-off.example", null)]
    [InlineData("anything@tables-caught.example", null)]
    [InlineData("@tables-caught.example", null)]
    [InlineData("@tables.example", null)]
    public async Task An_address_may_be_used_by_the_mailbox_that_it_belongs_to_alone(string key, string? expected) =>
        Assert.Equal(expected, (await AskAsync("smtpd_sender_login_maps", key)) is { } logins ? string.Join(',', logins.Split(',').Order(StringComparer.Ordinal)) : null);

    private static async Task<string?> AskAsync(string table, string key) => await new LookupTable(await TrialInstance.Shared, table).AskAsync(key);

    private static async Task WriteRowsAsync() => await new MailData()
        .Domain("tables.example").Domain("tables-off.example", isActive: false)
        .Domain("tables-alias.example", target: "tables.example").Domain("tables-alias-off.example", isActive: false, target: "tables.example")
        .Domain("tables-alias-of-off.example", target: "tables-off.example")
        .Domain("tables-caught.example").Domain("tables-caught-alias.example", target: "tables-caught.example")
        .Domain("tables-circle.example").Domain("tables-onward.example").Domain("tables-guarded.example")
        .Mailbox("box@tables.example", "t/box")
        .Mailbox("off@tables.example", "t/off", isActive: false)
        .Mailbox("keeps@tables.example", "t/keeps", forwards: ["else@example.net"])
        .Mailbox("leaves@tables.example", "t/leaves", keepsCopy: false, forwards: ["else@example.net"])
        .Mailbox("keeps-dead@tables.example", "t/keeps-dead", forwards: ["off@tables.example"])
        .Mailbox("leaves-dead@tables.example", "t/leaves-dead", keepsCopy: false, forwards: ["off@tables.example"])
        .Mailbox("box@tables-off.example", "t/box-off")
        .Mailbox("off@tables-caught.example", "t/caught-off", isActive: false)
        .Alias("box+own@tables.example", ["else@example.net"])
        .Alias("box+off@tables.example", ["else@example.net"], isActive: false)
        .Alias("one@tables.example", ["box@tables.example"])
        .Alias("two@tables.example", ["box@tables.example", "keeps@tables.example"])
        .Alias("half@tables.example", ["box@tables.example", "off@tables.example"])
        .Alias("to-off@tables.example", ["off@tables.example"])
        .Alias("to-nobody@tables-guarded.example", ["nobody@tables.example"])
        .Alias("to-off-domain@tables.example", ["box@tables-off.example"])
        .Alias("to-alias-form@tables.example", ["box+x@tables-alias.example"])
        .Alias("off-alias@tables.example", ["box@tables.example"], isActive: false)
        .Alias("to-one@tables.example", ["one@tables.example"])
        .Alias("to-to-off@tables.example", ["to-off@tables.example"])
        .Alias("to-leaves@tables.example", ["leaves@tables.example"])
        .Alias("to-leaves-dead@tables.example", ["leaves-dead@tables.example"])
        .Alias("loop-a@tables.example", ["loop-b@tables.example"])
        .Alias("loop-b@tables.example", ["loop-a@tables.example"])
        .Alias("self@tables.example", ["self@tables.example"])
        .Alias("@tables-caught.example", ["box@tables.example"])
        .Alias("@tables-circle.example", ["nobody@tables-circle.example"])
        .Alias("@tables-onward.example", ["nobody@tables-caught.example"])
        .Mailbox("dated@tables.example", "t/dated").Dates("dated@tables.example", from: -1, until: 1)
        .Mailbox("expired@tables.example", "t/expired").Dates("expired@tables.example", until: -1)
        .Mailbox("scheduled@tables.example", "t/scheduled").Dates("scheduled@tables.example", from: 1)
        .Alias("dated-alias@tables.example", ["box@tables.example"]).Dates("dated-alias@tables.example", from: -1, until: 1)
        .Alias("expired-alias@tables.example", ["box@tables.example"]).Dates("expired-alias@tables.example", from: -2, until: -1)
        .Alias("scheduled-alias@tables.example", ["box@tables.example"]).Dates("scheduled-alias@tables.example", from: 1, until: 2)
        .Alias("to-dated@tables.example", ["dated@tables.example", "box@tables.example", "expired@tables.example"])
        .Alias("to-expired@tables.example", ["expired@tables.example"])
        .Alias("to-scheduled@tables.example", ["scheduled@tables.example"])
        .Alias("to-to-expired@tables.example", ["to-expired@tables.example"])
        .Alias("to-expired-alias@tables.example", ["expired-alias@tables.example"])
        .RelayDomain("tables-relay.example", "192.0.2.1", 2525).RelayDomain("tables-relay-v6.example", "2001:db8::1", 25)
        .RelayDomain("tables-relay-mx.example").RelayDomain("tables-relay-off.example", "192.0.2.1", 25, isActive: false)
        .Recipient("listed@tables-relay.example").Recipient("off@tables-relay.example", isActive: false).Recipient("listed@tables-relay-off.example")
        .Alias("alias@tables-relay.example", ["box@tables.example"])
        .Alias("to-relay@tables.example", ["listed@tables-relay.example"])
        .Alias("to-relay-ext@tables.example", ["listed+ext@tables-relay.example"])
        .Alias("to-relay-nobody@tables.example", ["nobody@tables-relay.example"])
        .Alias("to-to-relay@tables.example", ["to-relay@tables.example"])
        .Domain("tables-refusing.example").Refusing("tables-refusing.example").Domain("tables-refusing-alias.example", target: "tables-refusing.example")
        .Mailbox("box@tables-refusing.example", "t/box-refusing").Alias("alias@tables-refusing.example", ["box@tables.example"])
        .Alias("to-refusing@tables.example", ["box@tables-refusing.example"]).Alias("to-to-refusing@tables.example", ["to-refusing@tables.example"])
        .Alias("internal@tables.example", ["box@tables.example"]).Internal("internal@tables.example")
        .Alias("to-internal@tables.example", ["internal@tables.example"])
        .Alias("internal@tables-caught.example", ["box@tables.example"]).Internal("internal@tables-caught.example")
        .Alias("members@tables.example", ["box@tables.example", "keeps@tables.example", "off@tables.example", "else@example.net"]).MembersMaySend("members@tables.example")
        .Alias("members-off@tables.example", ["box@tables.example", "keeps@tables.example"], isActive: false).MembersMaySend("members-off@tables.example")
        .WriteAsync(await TrialInstance.Shared);
}
