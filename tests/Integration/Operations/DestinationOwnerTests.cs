using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Jobs;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>
/// A destination belongs to whoever Postfix delivers it to: with an extension and under an alias domain, too, unless
/// what is written has an owner of its own. Every page and every change means the same destinations by it.
/// </summary>
public sealed class DestinationOwnerTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_mailbox_names_whoever_leads_to_it_however_that_is_written()
    {
        await FillAsync();

        var bob = await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(EmailAddress.Parse("bob@example.org"), Superadmin, default));
        var own = await RunAsync<AliasRows, AliasDetail?>(r => r.FindAsync("bob+own@example.org", Superadmin, default));
        var rest = await RunAsync<AliasRows, AliasDetail?>(r => r.FindAsync("@example.org", Superadmin, default));

        Assert.Equal(["both@example.org", "exact@example.org", "extended@example.org", "there@example.org", "twice@example.org"], bob!.ForwardedFrom.Select(f => f.Address));
        Assert.Equal(["elsewhere@example.org"], own!.ForwardedFrom.Select(f => f.Address));
        Assert.Equal(["nobody@example.org"], rest!.ForwardedFrom.Select(f => f.Address));
        Assert.Empty(rest.AlsoReachedAs);
    }

    [MariaDbFact]
    public async Task A_deletion_says_who_loses_all_and_who_only_some()
    {
        await FillAsync();

        var bob = await RunAsync<DeleteMailbox, MailboxDeletion?>(o => o.PlanAsync(EmailAddress.Parse("bob@example.org"), Superadmin, default));
        var rest = await RunAsync<DeleteAlias, AliasDeletion?>(o => o.PlanAsync("@example.org", Superadmin, default));

        Assert.Equal(["exact@example.org", "extended@example.org", "there@example.org", "twice@example.org"], bob!.Forwarders.Dead);
        Assert.Equal(["both@example.org"], bob.Forwarders.Shorter);
        Assert.Equal(["nobody@example.org"], rest!.Forwarders.Dead);
    }

    [MariaDbTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deleting_many_counts_the_same_ones(bool isTicked)
    {
        var bob = await FillAsync();
        var input = new StartJob.Input { Kind = JobKind.Mailboxes, Ids = isTicked ? [bob] : null, DomainName = isTicked ? null : "example.org" };

        Assert.Equal(5, (await RunAsync<StartJob, JobPlan?>(o => o.PlanAsync(input, Superadmin, default)))!.LoserCount);
    }

    [MariaDbFact]
    public async Task A_rename_takes_them_along_with_their_extensions()
    {
        var bob = await FillAsync();

        Done(await RunAsync<RenameMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = bob, NewAddress = "robert@example.org", KeepsOldAddress = false }, Superadmin, default)));

        Assert.Equal(
            """
            @example.org	x@y.example
            bob+own@example.org	x@y.example
            both@example.org	robert@example.org
            both@example.org	x@y.example
            elsewhere@example.org	bob+own@example.org
            exact@example.org	robert@example.org
            extended@example.org	robert+news@example.org
            nobody@example.org	who@also.example
            there@example.org	robert+x@example.org
            twice@example.org	robert@example.org
            """,
            await AskAsync("SELECT a.address, d.address FROM addresses a JOIN destinations d ON d.address_id = a.id ORDER BY 1, 2"));
    }

    [MariaDbFact]
    public async Task What_leads_into_the_recycle_bin_is_reported_with_what_brings_it_back()
    {
        var bob = await FillAsync();
        var gone = await DomainAsync("gone.example");
        await AliasAsync("over@example.org", "who@gone.example");
        var plan = (await RunAsync<DeleteMailbox, MailboxDeletion?>(o => o.PlanAsync(bob, Superadmin, default)))!;
        Done(await RunAsync<DeleteMailbox, Outcome<MailboxDeletion>>(o => o.RunAsync(new() { Id = bob, Plan = plan.Fingerprint() }, Superadmin, default)));
        await AskAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE domains SET kind = 'recycled', is_active = 0 WHERE id = {gone}"));

        var findings = (await RunAsync<AliasCheck, IReadOnlyList<AliasFinding>?>(c => c.FindAsync(null, Superadmin, default)))!;

        Assert.Equal(
            ["both LeftOut Recycled", "exact Refused Recycled", "extended Refused Recycled", "over Refused DomainRecycled", "there Refused Recycled", "twice Refused Recycled"],
            findings.Select(f => $"{f.Address.Split('@')[0]} {f.Fault} {f.Cause}").Order(StringComparer.Ordinal));
    }

    [MariaDbFact]
    public async Task To_find_them_the_database_reads_what_leads_there_and_not_all_there_is()
    {
        var bob = await FillAsync();
        await AskAsync(
            """
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('l', seq, '@example.org'), d.id, 'alias', 1 FROM seq_1_to_5000 JOIN domains d ON d.name = 'example.org';
            INSERT INTO destinations (address_id, address, local_part, domain_name)
              SELECT a.id, CONCAT('to', a.id, '@example.org'), CONCAT('to', a.id), 'example.org' FROM addresses a WHERE a.address LIKE 'l%@example.org';
            ANALYZE TABLE domains, addresses, mailboxes, destinations;
            """);
        await RunAsync<DeleteMailbox, MailboxDeletion?>(o => o.PlanAsync(bob, Superadmin, default));

        var shown = await RowsReadAsync(db => new MailboxRows(db).FindAsync(bob, Superadmin, default));
        var planned = await RowsReadAsync(db => new DeleteMailbox(db).PlanAsync(bob, Superadmin, default));

        // Six destinations, each with its owner by a handful of look-ups, in two lists and two counts.
        Assert.True(shown is > 20 and < 300, $"{shown} rows read for the page");
        Assert.True(planned is > 20 and < 1000, $"{planned} rows read for the plan");
    }

    /// <summary>bob's id.</summary>
    private async Task<long> FillAsync()
    {
        await DomainAsync("example.org");
        await AliasDomainAsync("also.example", "example.org");
        var bob = await MailboxAsync("bob@example.org");
        await AliasAsync("@example.org", "x@y.example");
        await AliasAsync("bob+own@example.org", "x@y.example");
        await AliasAsync("exact@example.org", "bob@example.org");
        await AliasAsync("extended@example.org", "bob+news@example.org");
        await AliasAsync("there@example.org", "bob+x@also.example");
        await AliasAsync("twice@example.org", "bob@example.org", "bob@also.example");
        await AliasAsync("both@example.org", "bob@also.example", "x@y.example");
        await AliasAsync("elsewhere@example.org", "bob+own@example.org");
        await AliasAsync("nobody@example.org", "who@also.example");
        return bob;
    }
}
