using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Integration.Cli;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.AliasDomains;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>A domain that takes no mail at present, as while its mail is moved here. What Postfix answers then is tested on Postfix.</summary>
public sealed class RefusingDomainTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_superadmin_chooses_it_and_both_lists_say_so()
    {
        await DomainAsync("example.org");
        await AliasDomainAsync("alias.example", "example.org");
        Assert.False((await DetailAsync()).RefusesMail);

        Done(await UpdateAsync(Superadmin, refuses: true));
        Assert.Equal("error\t1", await AskAsync("SELECT transport, is_active FROM domains WHERE name = 'example.org'"));
        Assert.Equal("0\t1", await AskAsync("SELECT JSON_VALUE(`before`, '$.refusesMail'), JSON_VALUE(`after`, '$.refusesMail') FROM audit_entries WHERE action = 'domain.update'"));
        Assert.True((await DetailAsync()).RefusesMail);
        Assert.True(Assert.Single((await RunAsync<DomainRows, RowPage<DomainRow>>(r => r.PageAsync(new(), Superadmin, default))).Rows).RefusesMail);
        Assert.True(Assert.Single((await RunAsync<AliasDomainRows, RowPage<AliasDomainRow>>(r => r.PageAsync(new(), Superadmin, default))).Rows).TargetRefuses);

        Done(await UpdateAsync(Superadmin, refuses: false));
        Assert.Equal("lmtp", await AskAsync("SELECT transport FROM domains WHERE name = 'example.org'"));
    }

    [MariaDbFact]
    public async Task A_domain_admin_with_the_limits_neither_sets_nor_lifts_it()
    {
        await DomainAsync("example.org");
        var ute = await DomainAdminAsync("ute", "example.org");
        await AskAsync($"UPDATE domain_admins SET permissions = {(int)DomainPermissions.Limits}");

        Done(await UpdateAsync(ute, refuses: true));
        Assert.Equal("lmtp", await AskAsync("SELECT transport FROM domains"));

        Done(await UpdateAsync(Superadmin, refuses: true));
        Done(await UpdateAsync(ute, refuses: false));
        Assert.Equal("error", await AskAsync("SELECT transport FROM domains"));
    }

    [MariaDbFact]
    public async Task The_shell_adds_such_a_domain_and_lifts_it()
    {
        Assert.Equal(0, (await ShellAsync("domain", "add", "example.org", "--refuse-mail", "true")).Status);
        Assert.Contains("example.org: refuses mail\n", (await ShellAsync("domain", "show", "example.org")).Out, StringComparison.Ordinal);
        Assert.Contains("refuses mail", (await ShellAsync("domain", "list")).Out, StringComparison.Ordinal);

        Assert.Equal(0, (await ShellAsync("domain", "set", "example.org", "--description", "moved")).Status);
        Assert.Equal("error", await AskAsync("SELECT transport FROM domains"));
        Assert.Equal(0, (await ShellAsync("domain", "set", "example.org", "--refuse-mail", "false")).Status);
        Assert.Equal("lmtp", await AskAsync("SELECT transport FROM domains"));
    }

    private Task<ShellAnswer> ShellAsync(params string[] arguments) => Shell.RunAsync(Database.ConnectionString, arguments);

    private async Task<DomainDetail> DetailAsync() => (await RunAsync<DomainRows, DomainDetail?>(r => r.FindAsync(DomainName.Parse("example.org"), Superadmin, default)))!;

    private async Task<Outcome<Saved>> UpdateAsync(Actor actor, bool refuses)
    {
        var stored = await DetailAsync();
        return await RunAsync<UpdateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Id = stored.Id, Version = stored.Version, RefusesMail = refuses }, actor, default));
    }
}
