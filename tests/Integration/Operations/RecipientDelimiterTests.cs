using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Explain;
using AdminPanel.Web.Features.Import;
using AdminPanel.Web.Features.MailServer.Settings;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Another recipient delimiter than "+": what the panel says about extensions follows it, and no mailbox is left whose mail Dovecot would give to another one.</summary>
public sealed class RecipientDelimiterTests(OperationsDatabase database) : RecycleBinTest(database), IAsyncLifetime
{
    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        if (Database.Name.Length > 0) await AskAsync("DELETE FROM settings");
    }

    [MariaDbFact]
    public async Task It_is_refused_while_a_mailbox_has_it_in_its_name_in_the_recycle_bin_too()
    {
        await DomainAsync("with-hyphen.example");
        await AliasAsync("sales-team@with-hyphen.example", "x@elsewhere.example");
        await MailboxAsync("plain@with-hyphen.example");
        var anna = await MailboxAsync("anna-lena@with-hyphen.example");

        AssertRefused(await ChooseAsync("-"), "recipient_delimiter:DelimiterInMailbox");
        Done(await ChooseAsync("_"));
        await DeleteMailboxAsync(anna);
        AssertRefused(await ChooseAsync("-"), "recipient_delimiter:DelimiterInMailbox");
        await AskAsync("DELETE FROM recycled_items");
        Done(await ChooseAsync("-"));

        Assert.Equal("-", await AskAsync("SELECT value FROM settings WHERE `key` = 'recipient_delimiter'"));
    }

    [MariaDbFact]
    public async Task Nobody_gets_a_mailbox_that_has_it_in_its_name()
    {
        await DomainAsync("example.org");
        var bob = await MailboxAsync("bob@example.org");
        Done(await ChooseAsync("_"));

        AssertRefused(await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(new() { DomainName = "example.org", LocalPart = "anna_lena", Password = Password }, Superadmin, default)), "LocalPart:LocalPartHasDelimiter");
        AssertRefused(await RunAsync<RenameMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = bob, NewAddress = "bob_2@example.org" }, Superadmin, default)), "NewAddress:LocalPartHasDelimiter");
        var lines = await RunAsync<ImportPlanner, IReadOnlyList<PlannedLine>>(o => o.PlanAsync([new ImportLine(2, "anna_lena@example.org"), new ImportLine(3, "anna-lena@example.org")], Superadmin, default));
        Assert.Equal([["LocalPartHasDelimiter"], []], lines.Select(l => l.Problems.Select(p => p.Code)));
    }

    [MariaDbTheory]
    [InlineData("+", "bob+x@example.org", "bob@example.org")]
    [InlineData("+", "bob-x@example.org", "@example.org")]
    [InlineData("-", "bob-x@example.org", "bob@example.org")]
    [InlineData("-", "bob-x-y@also.example", "bob@example.org")]
    [InlineData("-", "bob-own@example.org", "bob-own@example.org")]
    [InlineData("-", "-x@example.org", "@example.org")]
    [InlineData("-", "bob+x@example.org", "@example.org")]
    [InlineData("none", "bob+x@example.org", "@example.org")]
    [InlineData("none", "bob-x@example.org", "@example.org")]
    public async Task Whoever_owns_an_address_owns_it_for_explain_and_for_what_leads_there(string delimiter, string address, string owner)
    {
        await WorldAsync();
        await AliasAsync("leads@example.org", address);
        if (delimiter != "+") Done(await ChooseAsync(delimiter));

        var said = await RunAsync<ExplainAddress, Explanation?>(o => o.RunAsync(EmailAddress.Parse(address), isOutside: false, Superadmin, default));
        var heirs = owner[0] == '@' || owner.Contains('-', StringComparison.Ordinal)
            ? (await RunAsync<AdminPanel.Web.Features.Aliases.AliasRows, AdminPanel.Web.Features.Aliases.AliasDetail?>(r => r.FindAsync(owner, Superadmin, default)))!.ForwardedFrom
            : (await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(EmailAddress.Parse(owner), Superadmin, default)))!.ForwardedFrom;

        Assert.Equal(owner, said!.Steps[0].Owner!.Address);
        Assert.Equal(["leads@example.org"], heirs.Select(f => f.Address));
        Assert.Contains($"'{(delimiter == "none" ? "" : delimiter)}', 1)", said.Steps[0].Lookups.First(l => l.Table == "plain_alias_maps").Sql, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task What_leads_back_over_an_extension_is_a_circle()
    {
        await WorldAsync();
        Done(await ChooseAsync("-"));
        var sales = await AliasAsync("sales@example.org", "x@elsewhere.example");

        var outcome = await RunAsync<AdminPanel.Web.Features.Aliases.UpdateAlias, Outcome<Saved>>(o => o.RunAsync(new() { Id = sales, Version = 1, Destinations = "sales-x@also.example", IsActive = true }, Superadmin, default));

        AssertRefused(outcome, "Destinations:AliasLoop");
    }

    [MariaDbFact]
    public async Task Mail_for_what_is_purged_goes_to_whoever_has_the_address_without_its_extension()
    {
        await WorldAsync();
        Done(await ChooseAsync("-"));
        await DeleteAliasAsync(long.Parse(await AskAsync("SELECT l.id FROM aliases l JOIN addresses a ON a.id = l.address_id WHERE a.address = 'bob-own@example.org'"), System.Globalization.CultureInfo.InvariantCulture));
        var id = await ItemAsync("bob-own@example.org");

        var plan = await RunAsync<PurgeItem, PurgePlan?>(o => o.PlanAsync(id, Superadmin, default));

        Assert.Equal("bob@example.org", plan!.NextOwner);
    }

    private async Task WorldAsync()
    {
        await DomainAsync("example.org");
        await AliasDomainAsync("also.example", "example.org");
        await MailboxAsync("bob@example.org");
        await AliasAsync("bob-own@example.org", "x@elsewhere.example");
        await AliasAsync("@example.org", "x@elsewhere.example");
    }

    private Task<Outcome<SettingsChanged>> ChooseAsync(string delimiter) => RunAsync<ChangeSettings, Outcome<SettingsChanged>>(o => o.RunAsync(
        new() { Values = new Dictionary<string, string?> { [RecipientDelimiter.Key] = delimiter } }, Superadmin, default));
}
