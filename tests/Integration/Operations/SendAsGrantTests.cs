using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Further senders of a mailbox: only of domains that the actor administers, and gone with the address.</summary>
public sealed class SendAsGrantTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task An_address_and_a_whole_domain_are_granted_shown_and_taken_away()
    {
        await DomainAsync("own.example");
        var id = await MailboxAsync("bob@own.example");

        Done(await GrantAsync(id, " Sales@Own.Example "));
        Done(await GrantAsync(id, "@OWN.example"));
        Assert.Equal(["@own.example", "sales@own.example"], (await FindAsync(id)).SendAs);
        Assert.Equal("3", await AskAsync("SELECT version FROM mailboxes"));

        Done(await RevokeAsync(id, "@own.example"));
        Assert.Equal(["sales@own.example"], (await FindAsync(id)).SendAs);
        Assert.IsType<Outcome<Saved>.NotFound>(await RevokeAsync(id, "@own.example"));
        Assert.Equal("mailbox.revoke-send-as\t@own.example", await AskAsync("SELECT action, JSON_VALUE(`before`, '$.sender') FROM audit_entries ORDER BY id DESC LIMIT 1"));
    }

    [MariaDbTheory]
    [InlineData("", "AddressEmpty")]
    [InlineData("sales", "DestinationNoAt")]
    [InlineData("@", "DomainEmpty")]
    [InlineData("имя@own.example", "DestinationNotAscii")]
    [InlineData("bob@own.example", "SendAsOwn")]
    [InlineData("there@own.example", "SendAsThere")]
    [InlineData("x@foreign.example", "DomainNotYours")]
    [InlineData("@foreign.example", "DomainNotYours")]
    [InlineData("x@absent.example", "DomainNotYours")]
    public async Task What_cannot_be_granted_is_named(string sender, string code)
    {
        await DomainAsync("own.example");
        await DomainAsync("foreign.example");
        var id = await MailboxAsync("bob@own.example");
        var ute = await DomainAdminAsync("ute", "own.example");
        Done(await GrantAsync(id, "there@own.example"));

        AssertRefused(await GrantAsync(id, sender, ute), $"Sender:{code}");
        Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM send_as_grants"));
    }

    /// <summary>A superadmin lets bob send for a domain that ute does not administer: she neither sees nor ends it.</summary>
    [MariaDbFact]
    public async Task A_grant_of_a_foreign_domain_is_not_there_for_a_domain_admin()
    {
        await DomainAsync("own.example");
        await DomainAsync("foreign.example");
        var id = await MailboxAsync("bob@own.example");
        var ute = await DomainAdminAsync("ute", "own.example");
        Done(await GrantAsync(id, "press@foreign.example"));

        Assert.Empty((await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(id, ute, default)))!.SendAs);
        Assert.IsType<Outcome<Saved>.NotFound>(await RevokeAsync(id, "press@foreign.example", ute));
        Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM send_as_grants"));
    }

    [MariaDbFact]
    public async Task Grants_go_with_their_mailbox_and_with_the_address_they_name()
    {
        await DomainAsync("own.example");
        var bob = await MailboxAsync("bob@own.example");
        var eve = await MailboxAsync("eve@own.example");
        var alias = await AliasAsync("sales@own.example", "x@y.example");
        foreach (var sender in (string[])["sales@own.example", "eve@own.example", "free@own.example"]) Done(await GrantAsync(bob, sender));

        var aliasPlan = await RunAsync<DeleteAlias, AliasDeletion?>(o => o.PlanAsync(alias, Superadmin, default));
        Done(await RunAsync<DeleteAlias, Outcome<AliasDeletion>>(o => o.RunAsync(new() { Id = alias, Plan = aliasPlan!.Fingerprint() }, Superadmin, default)));
        await DeleteAsync(eve);
        Assert.Equal("free@own.example", await AskAsync("SELECT address FROM send_as_grants"));
        await DeleteAsync(bob);
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM send_as_grants"));
    }

    [MariaDbFact]
    public async Task Who_may_send_as_a_mailbox_may_send_as_its_new_address()
    {
        await DomainAsync("own.example");
        await DomainAsync("new.example");
        var bob = await MailboxAsync("bob@own.example");
        var eve = await MailboxAsync("eve@own.example");
        Done(await GrantAsync(eve, "bob@own.example"));
        Done(await GrantAsync(bob, "sales@own.example"));

        Done(await RunAsync<RenameMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = bob, NewAddress = "robert@new.example", KeepsOldAddress = false }, Superadmin, default)));

        Assert.Equal(["robert@new.example"], (await FindAsync(eve)).SendAs);
        Assert.Equal(["sales@own.example"], (await FindAsync(bob)).SendAs);
        Assert.Equal("new.example", await AskAsync("SELECT d.name FROM send_as_grants g JOIN domains d ON d.id = g.domain_id WHERE g.address = 'robert@new.example'"));
    }

    private Task<Outcome<Saved>> GrantAsync(long id, string sender, Actor? actor = null) =>
        RunAsync<GrantSendAs, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Sender = sender }, actor ?? Superadmin, default));

    private Task<Outcome<Saved>> RevokeAsync(long id, string sender, Actor? actor = null) =>
        RunAsync<RevokeSendAs, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Sender = sender }, actor ?? Superadmin, default));

    private async Task<MailboxDetail> FindAsync(long id) => (await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(id, Superadmin, default)))!;

    private async Task DeleteAsync(long id)
    {
        var plan = await RunAsync<DeleteMailbox, MailboxDeletion?>(o => o.PlanAsync(id, Superadmin, default));
        Done(await RunAsync<DeleteMailbox, Outcome<MailboxDeletion>>(o => o.RunAsync(new() { Id = id, Plan = plan!.Fingerprint() }, Superadmin, default)));
    }
}
