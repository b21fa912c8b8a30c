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
    [InlineData("box@tables-alias.example", null)]
    [InlineData("box@tables-off.example", null)]
    [InlineData("one@tables.example", null)]
    [InlineData("+ext@tables.example", null)]
    [InlineData("@tables.example", null)]
    [InlineData("box", null)]
    public async Task A_mailbox_that_stores_is_found_by_its_address_with_or_without_extension(string key, string? expected) =>
        Assert.Equal(expected, await AskAsync("virtual_mailbox_maps", key));

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
    [InlineData("box+ext@tables.example", "box@tables.example")]
    [InlineData("box@tables-alias.example", "box@tables.example")]
    [InlineData("box+ext@tables-alias.example", "box@tables.example")]
    [InlineData("one@tables.example", "box@tables.example")]
    [InlineData("one@tables-alias.example", "box@tables.example")]
    [InlineData("to-alias-form@tables.example", "box@tables.example")]
    [InlineData("leaves@tables.example", "leaves@tables.example")]
    [InlineData("two@tables.example", null)]
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
        Assert.Equal(expected, await AskAsync("smtpd_sender_login_maps", key));

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
        .WriteAsync(await TrialInstance.Shared);
}
