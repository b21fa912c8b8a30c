using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>A domain that is renamed takes along what waits in the recycle bin.</summary>
public sealed class RenameInRecycleBinTests(OperationsDatabase database) : RecycleBinTest(database)
{
    [MariaDbFact]
    public async Task What_is_in_the_bin_comes_back_under_the_new_name_of_its_domain()
    {
        await DomainAsync("example.org");
        var eve = await MailboxAsync("eve@example.org");
        await AskAsync($"INSERT INTO send_as_grants SELECT {eve}, 'bob@example.org', id FROM domains");
        await AskAsync("INSERT INTO mailbox_usage VALUES ('bob@example.org', 12345, 6)");
        await DeleteMailboxAsync(await MailboxAsync("bob@example.org"));

        await RenameAsync("example.org", "new.example");
        Done(await RestoreAsync("bob@new.example"));

        Assert.Equal("bob@new.example\neve@new.example", await AskAsync("SELECT address FROM addresses WHERE kind = 'mailbox' ORDER BY address"));
        Assert.Equal("bob@new.example\tbob@new.example", await AskAsync("SELECT (SELECT address FROM send_as_grants), (SELECT address FROM mailbox_usage)"));
    }

    [MariaDbFact]
    public async Task What_leads_from_the_bin_to_a_renamed_domain_leads_to_its_new_name()
    {
        await DomainAsync("example.org");
        await DomainAsync("other.example");
        await MailboxAsync("bob@example.org");
        var guest = await MailboxAsync("guest@other.example");
        await AskAsync($"INSERT INTO send_as_grants SELECT {guest}, 'bob@example.org', id FROM domains WHERE name = 'example.org'");
        await DeleteMailboxAsync(guest);
        await DeleteAliasAsync(await AliasAsync("team@other.example", "bob@example.org", "bob@new.example", "x@else.example"));

        await RenameAsync("example.org", "new.example");
        Done(await RestoreAsync("guest@other.example"));
        Done(await RestoreAsync("team@other.example"));

        Assert.Equal("bob@new.example", await AskAsync("SELECT address FROM send_as_grants"));
        Assert.Equal("bob@new.example\tnew.example\nx@else.example\telse.example", await AskAsync("SELECT address, domain_name FROM destinations ORDER BY address"));
    }

    private async Task RenameAsync(string name, string newName)
    {
        var plan = (await RunAsync<RenameDomain, DomainRenaming?>(o => o.PlanAsync(DomainName.Parse(name), Superadmin, default)))!;
        Done(await RunAsync<RenameDomain, Outcome<Saved>>(o => o.RunAsync(
            new() { Id = plan.Id, NewName = newName, KeepsOldName = false, ConfirmName = name, Plan = plan.Fingerprint() }, Superadmin, default)));
    }
}
