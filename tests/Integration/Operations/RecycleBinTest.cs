using AdminPanel.Data;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Deletes into the recycle bin, and takes out of it again, as a superadmin does.</summary>
public abstract class RecycleBinTest(OperationsDatabase database) : OperationsTest(database)
{
    protected async Task<long> ItemAsync(string name) =>
        long.Parse(await AskAsync($"SELECT id FROM recycled_items WHERE name = '{name.Replace("'", "''", StringComparison.Ordinal)}'"), System.Globalization.CultureInfo.InvariantCulture);

    protected async Task<Outcome<Saved>> RestoreAsync(string name)
    {
        var id = await ItemAsync(name);
        return await RunAsync<RestoreItem, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, Superadmin, default));
    }

    protected async Task<Outcome<Saved>> ReleaseAsync(string name)
    {
        var id = await ItemAsync(name);
        return await RunAsync<ReleaseAddress, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, Superadmin, default));
    }

    protected async Task DeleteMailboxAsync(long id)
    {
        var plan = await RunAsync<DeleteMailbox, MailboxDeletion?>(o => o.PlanAsync(id, Superadmin, default));
        Done(await RunAsync<DeleteMailbox, Outcome<MailboxDeletion>>(o => o.RunAsync(new() { Id = id, Plan = plan!.Fingerprint() }, Superadmin, default)));
    }

    protected async Task DeleteAliasAsync(long id)
    {
        var plan = await RunAsync<DeleteAlias, AliasDeletion?>(o => o.PlanAsync(id, Superadmin, default));
        Done(await RunAsync<DeleteAlias, Outcome<AliasDeletion>>(o => o.RunAsync(new() { Id = id, Plan = plan!.Fingerprint() }, Superadmin, default)));
    }

    protected async Task DeleteDomainAsync(long id)
    {
        var plan = await RunAsync<DeleteDomain, DomainDeletion?>(o => o.PlanAsync(id, Superadmin, default));
        Done(await RunAsync<DeleteDomain, Outcome<DomainDeletion>>(o => o.RunAsync(new() { Id = id, ConfirmName = plan!.Name, Plan = plan.Fingerprint() }, Superadmin, default)));
    }
}
