using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Dkim;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>What may be done with a DKIM key, when, and by whom. That it signs is seen in tests/MailStack.</summary>
public sealed class DkimKeyTests(OperationsDatabase database) : OperationsTest(database)
{
    private readonly byte[] rootKey = SealedBox.NewPrivateKey();

    [MariaDbFact]
    public async Task A_key_is_stored_so_that_root_alone_can_open_it()
    {
        var id = await ReadyAsync("own.example");

        var key = Done(await AddAsync(id));
        Done(await AddAsync(id, new() { Algorithm = DkimAlgorithm.Ed25519 }));
        Done(await AddAsync(id));

        Assert.Equal("s2026a\trsa\t2048\twaiting\ne2026a\ted25519\tNULL\twaiting\ns2026b\trsa\t2048\twaiting".Replace("2026", Year, StringComparison.Ordinal), await AskAsync("SELECT selector, algorithm, bits, state FROM dkim_keys ORDER BY id"));
        var stored = await DbAsync(db => Task.FromResult(db.DkimKeys.Single(k => k.Id == key.Id)));
        var opened = DkimKeyPair.OfPrivateKey(DkimAlgorithm.Rsa, SealedBox.Open(rootKey, Convert.FromBase64String(stored.SealedPrivateKey))!)!;
        Assert.Equal(stored.PublicKey, Convert.ToBase64String(opened.PublicKey));
        // Nobody else's entry holds more than the public half.
        Assert.Equal(stored.PublicKey, await AskAsync("SELECT JSON_VALUE(`after`, '$.publicKey') FROM audit_entries ORDER BY id LIMIT 1"));
    }

    [MariaDbFact]
    public async Task Without_a_sealing_key_none_is_made()
    {
        await AskAsync("DELETE FROM settings WHERE `key` = 'public.sealing-key'");
        var id = await DomainAsync("own.example");
        AssertRefused(await AddAsync(id), ":DkimNoSealingKey");
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM dkim_keys"));
    }

    [MariaDbFact]
    public async Task It_signs_when_it_has_been_seen_and_the_one_before_it_retires_for_a_week()
    {
        var id = await ReadyAsync("own.example");
        var (first, second, other) = (Done(await AddAsync(id)).Id, Done(await AddAsync(id)).Id, Done(await AddAsync(id, new() { Algorithm = DkimAlgorithm.Ed25519 })).Id);

        AssertRefused(await ActivateAsync(first), ":DkimNotSeen");
        await SeenAsync();
        Done(await ActivateAsync(first));
        Done(await ActivateAsync(other));
        AssertRefused(await ActivateAsync(first), ":DkimNotWaiting");
        AssertRefused(await DeleteAsync(first), ":DkimInUse");
        Done(await ActivateAsync(second));
        Assert.Equal("retiring\nactive\nactive", await AskAsync("SELECT state FROM dkim_keys ORDER BY id"));

        AssertRefused(await RetireAsync(first), ":DkimRetiresTooEarly");
        AssertRefused(await DeleteAsync(first), ":DkimInUse");
        await AskAsync("UPDATE dkim_keys SET retiring_since = retiring_since - INTERVAL 7 DAY WHERE state = 'retiring'");
        Done(await RetireAsync(first));
        AssertRefused(await RetireAsync(first), ":DkimNothingToRetire");
        Done(await DeleteAsync(first));
        Assert.Equal("2", await AskAsync("SELECT COUNT(*) FROM dkim_keys"));
    }

    /// <summary>What was seen once and is missing now would sign what nobody can check.</summary>
    [MariaDbFact]
    public async Task A_look_that_finds_nothing_takes_back_what_an_earlier_one_saw()
    {
        var id = await ReadyAsync("own.example");
        var key = Done(await AddAsync(id)).Id;
        await SeenAsync();

        var report = Assert.IsType<Outcome<CheckDkimKey.Report>.Done>(await RunAsync<CheckDkimKey, Outcome<CheckDkimKey.Report>>(o => o.RunAsync(new() { Id = key }, Superadmin, default))).Value;

        Assert.Equal(RecordVerdict.Failed, Assert.Single(report.Sightings).Verdict);
        AssertRefused(await ActivateAsync(key), ":DkimNotSeen");
    }

    [MariaDbFact]
    public async Task Names_are_one_of_a_kind_and_there_are_not_too_many()
    {
        var id = await ReadyAsync("own.example");
        Done(await AddAsync(id, new() { Selector = "Mail" }));
        AssertRefused(await AddAsync(id, new() { Selector = "mail " }), "Selector:DkimSelectorTaken");
        AssertRefused(await AddAsync(id, new() { Selector = "a_b", Bits = 512, PrivateKey = "x" }), "Selector:DkimSelectorShape", "Bits:DkimBits", "PrivateKey:DkimKeyUnreadable");
        for (var i = 1; i < AddDkimKey.MaxCount; i++) Done(await AddAsync(id, new() { Algorithm = DkimAlgorithm.Ed25519 }));
        AssertRefused(await AddAsync(id), ":DkimTooMany");
    }

    [MariaDbFact]
    public async Task Keys_are_for_whoever_manages_DNS_of_the_domain()
    {
        var id = await ReadyAsync("own.example");
        await DomainAsync("foreign.example");
        var alias = await AliasDomainAsync("also.example", "own.example");
        var (may, mayNot, foreign) = (await DomainAdminAsync("may", "own.example"), await DomainAdminAsync("not", "own.example"), await DomainAdminAsync("foreign", "foreign.example"));
        await AskAsync($"UPDATE domain_admins SET permissions = {(int)DomainPermissions.Dns} WHERE account_id = {may.AccountId}");

        var key = Done(await AddAsync(id, actor: may)).Id;
        Assert.Equal(key, Assert.Single((await FindAsync("own.example", may))!.Keys).Id);
        foreach (var actor in (Actor[])[mayNot, foreign])
        {
            Assert.Null(await FindAsync("own.example", actor));
            Assert.IsType<Outcome<Saved>.NotFound>(await AddAsync(id, actor: actor));
            Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<ActivateDkimKey, Outcome<Saved>>(o => o.RunAsync(new() { Id = key }, actor, default)));
            Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<RetireDkimKey, Outcome<Saved>>(o => o.RunAsync(new() { Id = key }, actor, default)));
            Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<DeleteDkimKey, Outcome<Saved>>(o => o.RunAsync(new() { Id = key }, actor, default)));
            Assert.IsType<Outcome<CheckDkimKey.Report>.NotFound>(await RunAsync<CheckDkimKey, Outcome<CheckDkimKey.Report>>(o => o.RunAsync(new() { Id = key }, actor, default)));
        }
        // An alias domain is the superadmins' to manage.
        Assert.IsType<Outcome<Saved>.NotFound>(await AddAsync(alias, actor: may));
        Done(await AddAsync(alias));
        Assert.Equal("own.example", (await FindAsync("also.example", Superadmin))!.Target!.Value.Value);
    }

    [MariaDbFact]
    public async Task A_renamed_domain_signs_when_its_new_records_have_been_seen()
    {
        var id = await ReadyAsync("own.example");
        var key = Done(await AddAsync(id)).Id;
        await SeenAsync();
        Done(await ActivateAsync(key));

        var plan = (await RunAsync<RenameDomain, DomainRenaming?>(o => o.PlanAsync(DomainName.Parse("own.example"), Superadmin, default)))!;
        Done(await RunAsync<RenameDomain, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, NewName = "new.example", ConfirmName = "own.example", Plan = plan.Fingerprint() }, Superadmin, default)));

        Assert.Equal($"waiting\tNULL\t{id}", await AskAsync("SELECT state, seen_at, domain_id FROM dkim_keys"));
    }

    [MariaDbFact]
    public async Task A_deleted_domain_takes_its_keys_along_and_brings_them_back()
    {
        var id = await ReadyAsync("own.example");
        Done(await AddAsync(id));
        var before = await AskAsync("SELECT * FROM dkim_keys");

        var plan = (await RunAsync<DeleteDomain, DomainDeletion?>(o => o.PlanAsync(DomainName.Parse("own.example"), Superadmin, default)))!;
        await RunAsync<DeleteDomain, object>(async o => await o.RunAsync(new() { Id = id, ConfirmName = "own.example", Plan = plan.Fingerprint() }, Superadmin, default));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM dkim_keys"));

        var item = long.Parse(await AskAsync("SELECT id FROM recycled_items"), System.Globalization.CultureInfo.InvariantCulture);
        Done(await RunAsync<RestoreItem, Outcome<Saved>>(o => o.RunAsync(new() { Id = item }, Superadmin, default)));
        Assert.Equal(before, await AskAsync("SELECT * FROM dkim_keys"));
    }

    private static string Year => DateTime.UtcNow.Year.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private async Task<long> ReadyAsync(string domain)
    {
        await AskAsync($"REPLACE INTO settings (`key`, value, updated_at) VALUES ('public.sealing-key', '{Convert.ToBase64String(SealedBox.PublicKeyOf(rootKey))}', UTC_TIMESTAMP(6))");
        return await DomainAsync(domain);
    }

    private Task<string> SeenAsync() => AskAsync("UPDATE dkim_keys SET seen_at = '2026-11-21', checked_at = '2026-11-21'");

    private Task<Outcome<Saved>> AddAsync(long domain, AddDkimKey.Input? input = null, Actor? actor = null) =>
        RunAsync<AddDkimKey, Outcome<Saved>>(o => o.RunAsync((input ?? new()) with { DomainId = domain }, actor ?? Superadmin, default));

    private Task<Outcome<Saved>> ActivateAsync(long id) => RunAsync<ActivateDkimKey, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, Superadmin, default));

    private Task<Outcome<Saved>> RetireAsync(long id) => RunAsync<RetireDkimKey, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, Superadmin, default));

    private Task<Outcome<Saved>> DeleteAsync(long id) => RunAsync<DeleteDkimKey, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, Superadmin, default));

    private Task<DkimOverview?> FindAsync(string name, Actor actor) => RunAsync<DkimRows, DkimOverview?>(r => r.FindAsync(DomainName.Parse(name), actor, default));
}
