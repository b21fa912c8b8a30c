using System.Data.Common;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.AliasDomains;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.AppPasswords;
using AdminPanel.Web.Features.Filters;
using AdminPanel.Web.Features.Dkim;
using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Domains.Templates;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.MailServer.Settings;
using AdminPanel.Web.Features.MailSignIns;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.RelayDomains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPanel.Tests.Browser;

/// <summary>Something to look at, made by the panel's own operations: short names, the longest ones, and everything in between.</summary>
public static class PanelSeed
{
    public const string Password = "four words of nonsense";

    /// <summary>64 octets, the longest there is.</summary>
    public static readonly string LongLocalPart = "the-longest-local-part-that-rfc-5321-lets-anybody-have-is-64-lon";

    public const string LongDomain = "strassenbauverwaltungsausschuss-für-brückenprüfung.gemeindeverwaltungsverband-mühlhausen.example.org";

    private static readonly Actor Shell = Actor.CommandLine("seed");

    /// <summary>The link that creates the first superadmin, as the command line prints it.</summary>
    public static async Task<string> SetupLinkAsync(IServiceProvider services, string url)
    {
        var outcome = await ActivatorUtilities.CreateInstance<IssueSetupLink>(services).RunAsync(Shell, default);
        return ((Outcome<SetupLink>.Done)outcome).Value.Url(url);
    }

    public static async Task<bool> FillAsync(IServiceProvider services)
    {
        var template = services.GetRequiredService<SaveTemplate>();
        await Done(template.RunAsync(
            new() { Name = "Gold", MailboxLimit = "50", AliasLimit = "100", QuotaLimit = "500 GB", MailboxQuotaLimit = "20 GB", DefaultQuota = "5 GB", Tags = "customer gold", Roles = ["postmaster", "abuse"], RoleDestination = "hostmaster@elsewhere.example" },
            Shell, default));
        await Done(template.RunAsync(new() { Name = "Small customers that pay by the year" , MailboxLimit = "5" }, Shell, default));
        var domain = services.GetRequiredService<CreateDomain>();
        await Done(domain.RunAsync(new() { Name = "example.org", Description = "The main domain", MailboxLimit = "50", AliasLimit = "100", QuotaLimit = "200 GB", AllowsOvercommit = true, MailboxQuotaLimit = "50 GB", DefaultQuota = "5 GB", Tags = "main berlin", WelcomeLanguage = "de", WelcomeText = "Welcome to Example Ltd.\nThe desk is room 12.", Roles = ["postmaster", "abuse"], RoleDestination = "hostmaster@elsewhere.example" }, Shell, default));
        await Done(domain.RunAsync(new() { Name = "example.net", IsActive = false }, Shell, default));
        await Done(domain.RunAsync(new() { Name = LongDomain, Description = "A domain as long as people make them, with letters beyond a to z" }, Shell, default));
        foreach (var n in Enumerable.Range(1, 22)) await Done(domain.RunAsync(new() { Name = $"customer-{n:00}.example", MailboxLimit = "10", Tags = n % 2 == 0 ? "customer gold" : "customer", RefusesMail = n == 3 }, Shell, default));
        foreach (var name in (string[])["example.com", "beispiel-für-viele.example", "third.example"])
            await Done(services.GetRequiredService<CreateAliasDomain>().RunAsync(new() { Name = name, TargetName = "example.org" }, Shell, default));
        await Done(services.GetRequiredService<CreateAliasDomain>().RunAsync(new() { Name = "example.info", TargetName = "example.net" }, Shell, default));

        await Done(services.GetRequiredService<ChangeSettings>().RunAsync(
            new() { Values = new Dictionary<string, string?> { ["host_name"] = "mx1.host.example", ["public_addresses"] = "192.0.2.10 2001:db8::10", ["certificate_authorities"] = "letsencrypt.org", ["relayhost"] = "[relay.example.com]:587", ["spam_filter"] = "rspamd" } }, Shell, default));

        var relay = services.GetRequiredService<CreateRelayDomain>();
        var behind = await relay.RunAsync(new() { Name = "behind.example", NextHop = "mx.inside.example:2525", Description = "The exchange server in the cellar" }, Shell, default);
        await Done(relay.RunAsync(new() { Name = "mx-only.example", IsActive = false }, Shell, default));
        await Done(services.GetRequiredService<AddRelayRecipients>().RunAsync(
            new() { DomainId = ((Outcome<Saved>.Done)behind).Value.Id, Recipients = $"ann bob o'connor {LongLocalPart} " + string.Join(' ', Enumerable.Range(1, 60).Select(n => $"r{n:00}")) }, Shell, default));

        await RecycleAsync(services);
        await FillMailboxesAsync(services.GetRequiredService<CreateMailbox>());
        await FillAliasesAsync(services.GetRequiredService<CreateAlias>());
        await services.GetRequiredService<SignInRecords>().WriteAsync(
            [
                new(new("emil@example.org", "imap", "198.51.100.23", IsAccepted: true), 1_204), new(new("emil@example.org", "smtp", "198.51.100.23", IsAccepted: true), 87),
                new(new("emil@example.org", "imap", "2001:db8:aaaa:bbbb::/64", IsAccepted: true), 3), new(new("emil@example.org", "smtp", "203.0.113.66", IsAccepted: false), 40_112),
            ],
            default);
        await AddAppPasswordsAsync(services.GetRequiredService<AdminDb>());
        await AddOwnAliasesAsync(services.GetRequiredService<AdminDb>());
        await AddFiltersAsync(services.GetRequiredService<AdminDb>());
        await UseAsync(services.GetRequiredService<AdminDb>(), services.GetRequiredService<DbDataSource>());
        foreach (var name in (string[])["example.org", LongDomain, "example.com"]) await LookAsync(services.GetRequiredService<AdminDb>(), services.GetRequiredService<DnsRows>(), DomainName.Parse(name));
        var admin = services.GetRequiredService<CreateAdmin>();
        await Done(admin.RunAsync(new() { Login = "dora", Kind = AccountKind.DomainAdmin, Password = Password, Domains = ["example.org"] }, Shell, default));
        await Done(admin.RunAsync(new() { Login = "nobody", Kind = AccountKind.DomainAdmin, Password = Password }, Shell, default));
        await Done(admin.RunAsync(new() { Login = $"{LongLocalPart}@example.org", Kind = AccountKind.Superadmin, Password = Password, IsActive = false }, Shell, default));
        await AddSecondFactorAsync(services.GetRequiredService<AdminDb>());
        return true;
    }

    /// <summary>What Dovecot would have counted by now, and two weeks of days before this one.</summary>
    private static async Task UseAsync(AdminDb db, DbDataSource database)
    {
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO mailbox_usage (address, bytes, messages) SELECT a.address, m.quota_bytes DIV 100 * (a.id * 37 % 97), a.id FROM addresses a JOIN mailboxes m ON m.address_id = a.id WHERE m.quota_bytes IS NOT NULL");
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO mailbox_logins (address, service, seconds) SELECT address, 'imap', UNIX_TIMESTAMP() - id * 3600 FROM addresses WHERE kind = 'mailbox' AND id % 3 > 0");
        await KeysAsync(db);
        await database.CountMailboxFiguresAsync(default);
        await database.CountDayAsync(DateOnly.FromDateTime(DateTime.UtcNow), default);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO total_days (day, mailboxes, aliases, used_bytes, allocated_bytes, with_quota, over_half, over_three_quarters, nearly_full)
            SELECT day - INTERVAL seq DAY, mailboxes - seq * 2 - seq % 3, aliases, used_bytes DIV (seq + 1), allocated_bytes, with_quota, over_half, over_three_quarters, nearly_full FROM total_days, seq_1_to_13
            """);
    }

    /// <summary>What name servers had of a domain: nothing yesterday, and now one of each verdict after the other.</summary>
    private static async Task LookAsync(AdminDb db, DnsRows rows, DomainName name)
    {
        var plan = (await rows.FindAsync(name, null, Shell, default))!;
        CheckedRecord Found(DnsRecord record, RecordVerdict verdict) => new(record, [.. ((string[])["ns1.example.org (192.0.2.53)", "ns2.example.org (2001:db8::53)"]).Select(at => new RecordSighting(at, verdict, verdict == RecordVerdict.Missing ? [] : [record.Data.Text]))]);
        var before = DnsHistory.Add([], [.. plan.Records.Select(r => Found(r, RecordVerdict.Missing))], db.UtcNow.AddDays(-1));
        var now = DnsHistory.Add(before, [.. plan.Records.Select((r, i) => Found(r, (RecordVerdict)(i % Enum.GetValues<RecordVerdict>().Length)))], db.UtcNow);
        var id = await db.Domains.Where(d => d.Name == name).Select(d => d.Id).SingleAsync();
        db.DomainDnsChecks.Add(new DomainDnsCheck { DomainId = id, CheckedAt = db.UtcNow, WrongCount = DnsHistory.WrongCount(now), Content = new StoredCheck { Records = now }.Write() });
        await db.SaveChangesAsync();
    }

    /// <summary>A DKIM key in each state, in example.org.</summary>
    private static async Task KeysAsync(AdminDb db)
    {
        var rsa = Convert.ToBase64String(DkimKeyPair.Generate(DkimAlgorithm.Rsa, 2048).PublicKey);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO dkim_keys (domain_id, selector, algorithm, bits, public_key, sealed_private_key, state, checked_at, seen_at, active_since, retiring_since, sightings, version, created_at, updated_at)
            SELECT id, 's2026b', 'rsa', 2048, {rsa}, 'x', 'waiting', UTC_TIMESTAMP(6), NULL, NULL, NULL,
              {"""[{"Server":"ns1.example.org (192.0.2.53)","Verdict":"Right","Found":[]},{"Server":"ns2.example.org (2001:db8::53)","Verdict":"Different","Found":["v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0"]}]"""}, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM domains WHERE name = 'example.org'
            UNION ALL SELECT id, 's2026a', 'rsa', 2048, {rsa}, 'x', 'active', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), '2026-03-01', NULL, NULL, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM domains WHERE name = 'example.org'
            UNION ALL SELECT id, 'e2026a', 'ed25519', NULL, '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', 'x', 'retiring', NULL, NULL, '2026-03-01', UTC_TIMESTAMP(6), NULL, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM domains WHERE name = 'example.org'
            UNION ALL SELECT id, 's2025a', 'rsa', 1024, {rsa}, 'x', 'retired', NULL, NULL, '2025-03-01', '2026-03-01', NULL, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM domains WHERE name = 'example.org'
            """);
        await LastApply.RecordAsync(db, "mail.example.org", [new Problem("postfix/main.cf", "ApplyMissing", "/etc/postfix/main.cf", "", "")], default);
        await db.Database.ExecuteSqlAsync($"REPLACE INTO settings (`key`, value, updated_at) VALUES ('public.sealing-key', '3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=', UTC_TIMESTAMP(6))");
    }

    /// <summary>Recycle bin: 1 a mailbox, 2 a released one with a long name, 3 an alias, 4 a domain with a mailbox in it.</summary>
    private static async Task RecycleAsync(IServiceProvider services)
    {
        var (create, delete) = (services.GetRequiredService<CreateMailbox>(), services.GetRequiredService<DeleteMailbox>());
        foreach (var (local, domain) in new[] { ("left.last.year", "example.org"), (LongLocalPart, "customer-02.example"), ("somebody", "customer-22.example") })
        {
            var made = await create.RunAsync(new() { DomainName = domain, LocalPart = local, HasNoQuota = domain != "example.org", Password = Password }, Shell, default);
            if (domain == "customer-22.example") continue;

            var plan = await delete.PlanAsync(((Outcome<SavedWithPassword>.Done)made).Value.Id, Shell, default);
            await Done(delete.RunAsync(new() { Id = plan!.Id, Plan = plan.Fingerprint() }, Shell, default));
        }
        await Done(services.GetRequiredService<ReleaseAddress>().RunAsync(new() { Id = 2 }, Shell, default));
        var deleteAlias = services.GetRequiredService<DeleteAlias>();
        var alias = await services.GetRequiredService<CreateAlias>().RunAsync(new() { DomainName = "example.org", LocalPart = "summer-party", Destinations = "bo@example.org" }, Shell, default);
        var aliasPlan = await deleteAlias.PlanAsync(((Outcome<Saved>.Done)alias).Value.Id, Shell, default);
        await Done(deleteAlias.RunAsync(new() { Id = aliasPlan!.Id, Plan = aliasPlan.Fingerprint() }, Shell, default));
        var deleteDomain = services.GetRequiredService<DeleteDomain>();
        var domainPlan = await deleteDomain.PlanAsync(AdminPanel.Data.Addresses.DomainName.Parse("customer-22.example"), Shell, default);
        await Done(deleteDomain.RunAsync(new() { Id = domainPlan!.Id, ConfirmName = domainPlan.Name, Plan = domainPlan.Fingerprint() }, Shell, default));
    }

    private static async Task AddSecondFactorAsync(AdminDb db)
    {
        db.Authenticators.Add(new Authenticator { AccountId = await db.Accounts.Where(a => a.Login == $"{LongLocalPart}@example.org").Select(a => a.Id).SingleAsync(), SealedSecret = "none", CreatedAt = DateTime.UtcNow.AddDays(-40) });
        await db.SaveChangesAsync();
    }

    private static async Task AddFiltersAsync(AdminDb db)
    {
        FilterRule[] rules =
        [
            new() { Name = "The club's list", Conditions = [new(FilterPart.Header, FilterTest.Contains, "List-Id", "club.example.net")], Delivery = FilterDelivery.Move, Folder = "Lists/Club", Stops = true },
            new() { Name = "Boss", Conditions = [new(FilterPart.From, FilterTest.Is, null, "boss@example.net"), new(FilterPart.Subject, FilterTest.StartsWith, null, "Urgent")], Match = FilterMatch.Any, Flags = true },
            new() { Name = "Large attachments of the scanner in the hall, second floor, beside the kitchen", Conditions = [new(FilterPart.Larger, FilterTest.Is, null, "5242880"), new(FilterPart.From, FilterTest.EndsWith, null, "@scanners.example.org")], Delivery = FilterDelivery.Copy, Folder = "Scans", MarksRead = true, SendsTo = "anna.berg@example.org", Stops = true },
            new() { Name = "Pest", Conditions = [new(FilterPart.From, FilterTest.EndsWith, null, "@pest.example")], Delivery = FilterDelivery.Nothing, Stops = true },
            new() { Name = "Last year's project", IsOn = false, Conditions = [new(FilterPart.Subject, FilterTest.Contains, null, "[project]")], Delivery = FilterDelivery.Trash, Stops = true },
        ];
        var mailbox = await db.Mailboxes.Where(m => m.Entry!.Address == "emil@example.org").Select(m => m.Id).SingleAsync();
        db.MailboxFilters.AddRange(rules.Select((rule, i) => new MailboxFilter { MailboxId = mailbox, Position = i + 1, Name = rule.Name, IsOn = rule.IsOn, Rule = rule.Write() }));
        db.MailboxScripts.Add(new MailboxScript { MailboxId = mailbox, State = ScriptState.Asked, DueAt = DateTime.UtcNow.AddDays(1), Refusal = "Connection refused" });
        await db.SaveChangesAsync();
    }

    private static async Task AddAppPasswordsAsync(AdminDb db)
    {
        var mailbox = await db.Mailboxes.Where(m => m.Entry!.Address == "emil@example.org").Select(m => m.Id).SingleAsync();
        var (now, names) = (DateTime.UtcNow, (string[])["Thunderbird at home", "Phone", "Printer in the hall, second floor, beside the kitchen: scans to mail", "Laptop of last year"]);
        db.AppPasswords.AddRange(names.Select((name, i) => new AppPassword
        {
            MailboxId = mailbox, Name = name, Digest = AppPasswordDigest.Of(name), AllowsImap = i != 2, AllowsSmtp = true, AllowsSieve = i == 0, CreatedAt = now.AddDays(-400 + (90 * i)),
            ExpiresAt = i == 3 ? now.Date.AddDays(-3) : i == 2 ? now.Date.AddDays(300) : null,
            LastUsedAt = i < 2 ? now.AddHours(-1 - i) : null, LastUsedService = i == 0 ? "imap" : i == 1 ? "smtp" : null, LastUsedFrom = i == 0 ? "2001:db8:aaaa:bbbb::/64" : i == 1 ? "198.51.100.23" : null,
        }));
        await db.SaveChangesAsync();
    }

    /// <summary>Addresses that an owner made: one that is on, one that is off, one whose time is over.</summary>
    private static async Task AddOwnAliasesAsync(AdminDb db)
    {
        var mailbox = await db.Mailboxes.Include(m => m.Entry!.Domain).SingleAsync(m => m.Entry!.Address == "emil@example.org");
        (mailbox.Entry!.Domain!.OwnerRights, mailbox.Entry.Domain.OwnAliasLimit) = (OwnerRights.All, 20);
        (string Name, string? Comment, bool IsActive, DateTime? Until)[] aliases =
        [
            ("shoes.k7mqt", "Shoes, spring sale", true, null), ("w3xbnd.fh8rz", null, false, null), ("conference-of-postmasters-2026.m4ncq", "The badge of the conference, and everybody whom the badge was shown to since", true, DateTime.UtcNow.Date.AddDays(-3)),
        ];
        foreach (var alias in aliases)
        {
            var entry = new AddressEntry { Address = $"{alias.Name}@example.org", DomainId = mailbox.Entry.DomainId, Kind = AddressKind.Alias, IsActive = alias.IsActive, ActiveUntil = alias.Until };
            entry.Destinations.Add(new Destination { Address = "emil@example.org", LocalPart = "emil", DomainName = "example.org" });
            db.Aliases.Add(new Alias { Entry = entry, Comment = alias.Comment, OwnerAddressId = mailbox.AddressId });
        }
        mailbox.Entry.Domain.AliasCount += aliases.Length;
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlAsync($"UPDATE aliases l JOIN addresses a ON a.id = l.address_id SET l.id = 7000 WHERE a.address = 'shoes.k7mqt@example.org'");
    }

    private static async Task FillMailboxesAsync(CreateMailbox create)
    {
        string[] names = ["anna.berg", "bo", "carla", "dispatch", "emil", "finance", "greta", "hr"];
        foreach (var name in names.Concat(Enumerable.Range(1, 46).Select(n => $"person{n:00}")).Take(49))
        {
            await Done(create.RunAsync(
                new() { DomainName = "example.org", LocalPart = name, DisplayName = name.Replace('.', ' '), Quota = "5 GB", Password = Password, IsActive = name != "carla", Forwards = name == "emil" ? "emil@elsewhere.example anna.berg@example.org" : null },
                Shell, default));
        }
        await Done(create.RunAsync(
            new() { DomainName = "example.org", LocalPart = LongLocalPart, DisplayName = "Somebody whose name is as long as the field for it is wide, and then a little longer than that", Quota = "20 GB", Password = Password },
            Shell, default));
        await Done(create.RunAsync(new() { DomainName = LongDomain, LocalPart = LongLocalPart, HasNoQuota = true, Password = Password }, Shell, default));
        // Full: nothing can be added to it any more.
        foreach (var n in Enumerable.Range(1, 10))
            await Done(create.RunAsync(new() { DomainName = "customer-01.example", LocalPart = $"m{n}", HasNoQuota = true, Password = Password }, Shell, default));
    }

    private static async Task FillAliasesAsync(CreateAlias create)
    {
        await Done(create.RunAsync(new() { DomainName = "example.org", LocalPart = "sales", Destinations = "anna.berg@example.org bo@example.org someone@elsewhere.example", Comment = "Shop and fairs" }, Shell, default));
        foreach (var reader in (string[])["dmarc", "tlsrpt"]) await Done(create.RunAsync(new() { DomainName = "customer-04.example", LocalPart = reader, Destinations = "bo@example.org" }, Shell, default));
        await Done(create.RunAsync(new() { DomainName = "example.org", LocalPart = "info", Destinations = "bo@example.org" }, Shell, default));
        await Done(create.RunAsync(new() { DomainName = "example.org", LocalPart = "a/b", Destinations = "bo@example.org", IsActive = false }, Shell, default));
        foreach (var (name, to) in (IReadOnlyList<(string, string)>)[("old-team", "nobody@customer-01.example"), ("older-team", "old-team@example.org"), ("oldest-team", "older-team@example.org"), ("press", "bo@example.org carla@example.org")])
            await Done(create.RunAsync(new() { DomainName = "example.org", LocalPart = name, Destinations = to }, Shell, default));
        await Done(create.RunAsync(new() { DomainName = "example.org", LocalPart = "everyone", IsGroup = true, IsInternal = true, Comment = "All of us" }, Shell, default));
        await Done(create.RunAsync(new() { DomainName = "example.org", IsCatchAll = true, Destinations = "anna.berg@example.org" }, Shell, default));
        await Done(create.RunAsync(new() { DomainName = LongDomain, LocalPart = "info", Destinations = $"{LongLocalPart}@{LongDomain}", Comment = "Long on both sides" }, Shell, default));
    }

    private static async Task Done<T>(Task<Outcome<T>> operation)
    {
        var outcome = await operation;
        if (outcome is not Outcome<T>.Done) throw new InvalidOperationException($"The seed was refused: {outcome switch { Outcome<T>.Refused r => string.Join(", ", r.Problems), _ => outcome.ToString() }}");
    }
}
