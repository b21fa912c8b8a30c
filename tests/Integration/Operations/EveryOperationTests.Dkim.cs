using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dkim;
using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>The operations on DKIM keys of example.org, and on what DNS has.</summary>
public sealed partial class EveryOperationTests
{
    private IEnumerable<Step> DkimSteps()
    {
        var key = Of("dkim_keys", "selector = 'one'");
        return
        [
            new("AddDkimKey", "dkim.add", null, async () =>
            {
                var publicKey = Convert.ToBase64String(SealedBox.PublicKeyOf(SealedBox.NewPrivateKey()));
                await AskAsync($"REPLACE INTO settings (`key`, value, updated_at) VALUES ('public.sealing-key', '{publicKey}', UTC_TIMESTAMP(6))");
                var id = await IdAsync("domains", "name = 'example.org'");
                await DoneAsync<AddDkimKey, Saved>(o => o.RunAsync(new() { DomainId = id, Selector = "one", Algorithm = DkimAlgorithm.Ed25519 }, Superadmin, default));
            }),
            // What name servers say is no decision of anybody.
            new("CheckDkimKey", "dkim.add", key, () => OnKeyAsync<CheckDkimKey, CheckDkimKey.Report>((o, id) => o.RunAsync(new() { Id = id }, Superadmin, default)), Entries: 0),
            new("CheckDomainDns", "dkim.add", null, async () =>
            {
                await AskAsync("REPLACE INTO settings (`key`, value, updated_at) VALUES ('host_name', 'mail.example.net', UTC_TIMESTAMP(6))");
                await DoneAsync<CheckDomainDns, DnsReport>(o => o.RunAsync(new() { Domain = DomainName.Parse("example.org") }, Superadmin, default));
                await AskAsync("DELETE FROM settings WHERE `key` = 'host_name'");
            }, Entries: 0),
            new("ChoosePolicies", "domain.set-policies", Of("domains", "name = 'example.org'"), async () =>
            {
                var version = long.Parse(await AskAsync("SELECT version FROM domains WHERE name = 'example.org'"), System.Globalization.CultureInfo.InvariantCulture);
                await DoneAsync<ChoosePolicies, Saved>(o => o.RunAsync(DomainName.Parse("example.org"), new() { Version = version, Dmarc = "reject", MtaSts = "enforce" }, Superadmin, default));
            }),
            new("ShareDns", "dns.share", null, async () =>
            {
                var admin = await DomainAdminAsync("sharing", "example.org");
                await AskAsync($"UPDATE domain_admins SET permissions = {(int)DomainPermissions.Dns} WHERE account_id = {admin.AccountId}");
                await DoneAsync<ShareDns, DnsShare>(o => o.RunAsync(new() { Domain = DomainName.Parse("example.org") }, admin, default));
            }),
            new("EndDnsShares", "dns.end-shares", null, () => DoneAsync<EndDnsShares, Saved>(o => o.RunAsync(DomainName.Parse("example.org"), Superadmin, default))),
            new("ActivateDkimKey", "dkim.activate", key, async () =>
            {
                await AskAsync("UPDATE dkim_keys SET seen_at = checked_at");
                await OnKeyAsync<ActivateDkimKey, Saved>((o, id) => o.RunAsync(new() { Id = id }, Superadmin, default));
            }),
            new("RetireDkimKey", "dkim.retire", key, () => OnKeyAsync<RetireDkimKey, Saved>((o, id) => o.RunAsync(new() { Id = id }, Superadmin, default))),
            new("SetDkimRotation", "domain.set-dkim-rotation", Of("domains", "name = 'example.org'"), async () =>
            {
                var id = await IdAsync("domains", "name = 'example.org'");
                await DoneAsync<SetDkimRotation, Saved>(o => o.RunAsync(new() { DomainId = id, Months = "12" }, Superadmin, default));
            }),
            new("DeleteDkimKey", "dkim.delete", null, async () =>
            {
                await AskAsync("UPDATE dkim_keys SET state = 'retired'");
                await OnKeyAsync<DeleteDkimKey, Saved>((o, id) => o.RunAsync(new() { Id = id }, Superadmin, default));
            }),
        ];
    }

    private async Task OnKeyAsync<TOperation, T>(Func<TOperation, long, Task<Data.Outcome<T>>> run) where TOperation : notnull
    {
        var id = await IdAsync("dkim_keys", "selector = 'one'");
        await DoneAsync<TOperation, T>(o => run(o, id));
    }
}
