using System.Diagnostics;
using System.Net;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Platform.Passwords;
using MariaDb.Client;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// What a page asks the database, with more rows of everything than a page shows: a list that asks once a row, or a
/// plan that asks for each of its lines, is seen here.
/// </summary>
public sealed class PageCostTests
{
    /// <summary>The session's account is one of them.</summary>
    private const int Most = 5;

    /// <summary>All that is known about one mailbox, whatever there is of it.</summary>
    private const int EachTableOnce = 18;

    private const string DomainAdmin = "ute";

    private static readonly string[] Pages =
    [
        "/", "/domains", "/domains?q=d1", "/domains?state=inactive", "/domains?tag=gold", "/domains/add",
        "/domains/big.example", "/domains/big.example/edit", "/domains/big.example/dns", "/domains/big.example/dns/policies", "/domains/also1.example/dns", "/domains/relay1.example/dns", "/export/dns/big.example", "/domains/big.example/delete", "/domains/big.example/rename", "/domains/big.example/roles", "/domains/big.example/self-service", "/domains/big.example/dkim", "/domains/big.example/dkim/add", "/domain-templates", "/domain-templates/1", "/domains/add?template=1",
        "/domains/big.example/mailboxes", "/domains/big.example/mailboxes?after=m5@big.example", "/domains/big.example/mailboxes?last=1",
        "/domains/big.example/mailboxes/add", "/domains/big.example/mailboxes/add?like=m1@big.example", "/domains/d1.example/aliases", "/domains/d1.example/aliases?q=u1", "/domains/big.example/aliases/add", "/domains/big.example/aliases/add-group",
        "/mailboxes/import", "/mailboxes/import/1", "/mailboxes", "/mailboxes?before=m5@big.example", "/mailboxes/add", "/mailboxes/m1@big.example", "/mailboxes/m1@big.example/password", "/mailboxes/m1@big.example/delete", "/mailboxes/m1@big.example/rename", "/mailboxes/m1@big.example/sign-ins", "/mailboxes/m1@big.example/app-passwords", "/mailboxes/m1@big.example/vacation", "/mailboxes/m1@big.example/filters", "/mailboxes/m1@big.example/filters?from=a&subject=b", "/mailboxes/m1@big.example/filters/add", "/mailboxes/m1@big.example/filters/1",
        "/aliases", "/aliases?q=u1", "/aliases/add", "/aliases/check", "/aliases/check?domain=big.example", "/aliases/u60@d1.example", "/aliases/u60@d1.example/delete", "/aliases/@big.example", "/aliases/@big.example/delete", "/aliases/everyone@big.example", "/aliases/everyone@big.example/delete",
        "/domains?sort=-mailboxes", "/mailboxes?sort=-used", "/mailboxes?sort=sign-in&last=1", "/domains/big.example/mailboxes?sort=-sign-in", "/aliases?sort=-added",
        "/domains?only=over-pool", "/domains?only=dns-wrong", "/domains?only=dkim-waiting", "/domains?only=dkim-retired", "/mailboxes?only=nearly-full&sort=-used", "/mailboxes?only=refused", "/mailboxes?only=welcome-refused", "/mailboxes?only=password-ending", "/domains/big.example/mailboxes?only=never-used&sort=-sign-in", "/aliases?only=groups&sort=added", "/bulk/mailboxes?all=true&only=never-used", "/jobs?state=failed",
        "/alias-domains", "/alias-domains/add", "/alias-domains/also1.example", "/alias-domains/also1.example/delete",
        "/relay-domains", "/relay-domains/add", "/relay-domains/relay1.example", "/relay-domains/relay1.example/edit", "/relay-domains/relay1.example/delete",
        "/admins", "/admins/rules", "/account/sessions", "/admins/add", "/admins/ute", "/admins/ute/password", "/admins/ute/delete", "/admins/ute/second-factor",
        "/audit", "/export/audit", "/audit?actor=root&action=domain.create&from=2020-01-01", "/audit/60", "/explain", "/explain?address=u1@d1.example", "/explain?address=m1@d1.example", "/find", "/find?q=d1", "/find?q=m", "/find?q=m&match=inside", "/mailboxes?q=m1&match=inside", "/domains/d1.example/aliases?q=u1&match=inside", "/jobs", "/jobs/1", "/recycle-bin", "/recycle-bin?q=gone", "/recycle-bin/1", "/recycle-bin/1/purge", "/bulk/mailboxes?all=true", "/bulk/aliases?all=true&domain=d1.example", "/bulk/domains?all=true", "/export/mailboxes", "/export/alias-check", "/mail-server", "/account/password", "/account/second-factor", "/account/passkeys", "/account/passkeys/add", "/sign-out",
    ];

    /// <summary>Of a mailbox owner.</summary>
    private static readonly string[] OwnPages = ["/me", "/me/sign-ins", "/me/password", "/me/recovery", "/me/devices", "/me/devices/apple", "/me/app-passwords", "/me/app-passwords/add", "/account/second-factor", "/account/passkeys", "/account/passkeys/add", "/account/passkeys/1/remove", "/me/vacation", "/me/aliases", "/me/aliases/add", "/me/aliases/900001", "/me/forward", "/me/filters", "/me/filters/add", "/me/filters/1", "/export/me"];

    /// <summary>A superadmin's rights are asked of nobody; a domain admin's are part of each page.</summary>
    [MariaDbTheory]
    [InlineData(Panel.Login)]
    [InlineData(DomainAdmin)]
    public async Task No_page_sends_more_than_a_few_commands(string login)
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await FillAsync(panel);
        var browser = await panel.SignedInAsync(login);
        // Signed in before: nobody asks for a code.
        await panel.SqlAsync($"INSERT INTO authenticators (account_id, sealed_secret, last_step, created_at) SELECT id, 'x', 0, NOW(6) FROM accounts WHERE login = '{DomainAdmin}'");
        using var counter = new CommandCounter(panel.Database);
        await AwaitAsync(counter, browser);

        await AssertFewAsync(Pages, browser, counter, mayBeAbsent: login != Panel.Login);
    }

    [MariaDbFact]
    public async Task No_page_of_an_owner_sends_more_than_a_few_commands()
    {
        await using var panel = await Panel.StartAsync();
        await FillAsync(panel);
        await panel.SqlAsync($"UPDATE mailboxes m JOIN addresses a ON a.id = m.address_id SET m.password_hash = '{panel.Services.GetRequiredService<PasswordHasher>().Hash(Panel.Password)}' WHERE a.address = 'm1@big.example'");
        var browser = await panel.SignedInAsync("m1@big.example");
        await panel.SqlAsync($"""
            UPDATE domains SET owner_rights = {(int)OwnerRights.All} WHERE name = 'big.example';
            INSERT INTO addresses (id, address, domain_id, kind, is_active) SELECT 900001, 'shop.abcde@big.example', id, 'alias', 1 FROM domains WHERE name = 'big.example';
            INSERT INTO aliases (id, address_id, kind, owner_address_id, version, created_at, updated_at) SELECT 900001, 900001, 'alias', id, 1, NOW(6), NOW(6) FROM addresses WHERE address = 'm1@big.example';
            INSERT INTO destinations (address_id, address, local_part, domain_name) VALUES (900001, 'm1@big.example', 'm1', 'big.example');
            INSERT INTO passkeys (id, account_id, name, credential_id, credential_digest, public_key, sign_count, transports, is_backup_eligible, is_backed_up, last_challenge_at, created_at)
            SELECT 1, id, 'Phone', 'eA', SHA2('x', 256), 'eA', 0, '', 0, 0, NOW(6), NOW(6) FROM accounts WHERE mailbox_id IS NOT NULL
            """);
        using var counter = new CommandCounter(panel.Database);
        await AwaitAsync(counter, browser);
        // Written down a second after it, which is no page's command.
        while (await panel.SqlAsync("SELECT COUNT(*) FROM mailbox_sign_ins") == "0") await Task.Delay(50);

        await AssertFewAsync(OwnPages, browser, counter, mayBeAbsent: false);
    }

    private static async Task AssertFewAsync(string[] pages, Browser browser, CommandCounter counter, bool mayBeAbsent)
    {
        var (tooMany, seen, counted) = (new List<string>(), 0, 0);
        foreach (var path in pages)
        {
            // The first visit may read what is kept afterwards. What is a superadmin's alone is not there for others.
            var status = (await browser.GetAsync(path)).Status;
            if (mayBeAbsent && status == HttpStatusCode.NotFound) continue;

            Assert.Equal((path, HttpStatusCode.OK), (path, status));
            counter.Take();
            await browser.GetAsync(path);
            var commands = counter.Take();
            seen += commands.Count;
            counted++;
            var most = path switch
            {
                "/export/me" => EachTableOnce,
                // A download writes down that it was taken.
                _ when path.StartsWith("/export/", StringComparison.Ordinal) => Most + 1,
                "/mailboxes/m1@big.example/password" => 2,
                "/mailboxes/m1@big.example/rename" => 4,
                _ => Most,
            };
            // What EF Core makes of two columns of another table's first row: it numbers that whole table, however large.
            var numbered = commands.FirstOrDefault(c => c.Contains("ROW_NUMBER()", StringComparison.Ordinal));
            if (numbered is not null) tooMany.Add($"{path} numbers a whole table:\n{numbered}");
            if (commands.Count == 0 || commands.Count > most) tooMany.Add($"{path}: {commands.Count}\n{string.Join("\n\n", commands)}");
        }

        Assert.True(tooMany.Count == 0, string.Join("\n\n", tooMany));
        Assert.True(counted > pages.Length / 2 && seen > 2 * counted, $"{counted} pages, {seen} commands");
    }

    // EF Core asks once a second whether somebody listens (ConfigureLoggingCacheTime).
    private static async Task AwaitAsync(CommandCounter counter, Browser browser)
    {
        var started = Stopwatch.GetTimestamp();
        while (counter.Take().Count == 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "the counter sees no command");
            await browser.GetAsync("/");
        }
    }

    [MariaDbFact]
    public async Task Every_page_that_can_be_opened_is_counted()
    {
        await using var panel = await Panel.StartAsync();
        var patterns = panel.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => e.RoutePattern.RawText!.Trim('/')).Distinct().ToList();

        var uncounted = patterns.Where(pattern => !Pages.Concat(OwnPages).Any(page => Matches(pattern, page.Split('?')[0].Trim('/'))));

        Assert.True(patterns.Count > 25, "the walk saw the pages");
        Assert.Empty(uncounted);
    }

    // "domains/add" is a page of its own, not the domain "add": a literal segment matches itself only.
    private static bool Matches(string pattern, string path)
    {
        var (wanted, segments) = (pattern.Split('/'), path.Split('/'));
        return wanted.Length == segments.Length && wanted.Zip(segments).All(s => s.First == s.Second || (s.First.StartsWith('{') && s.Second.IndexOfAny(['.', '@']) >= 0) || (s.First.StartsWith('{') && s.Second is "ute" or "1" or "60" or "900001" or "mailboxes"));
    }

    /// <summary>60 domains and more of everything in them; m1@big.example is what most of it forwards to.</summary>
    private static async Task FillAsync(Panel panel)
    {
        var account = await panel.AddAccountAsync(DomainAdmin, Panel.Password, AccountKind.DomainAdmin);
        await using (var connection = new MariaDbConnection(panel.Server.ConnectionString(panel.Database)))
        {
            await connection.OpenAsync();
            await MailSeed.FillAsync(connection, domains: 60, mailboxes: 120, inBigDomain: 120, aliases: 120, isUsed: true);
        }
        await panel.SqlAsync(
            $"""
            INSERT INTO domains (name, kind, target_id, target_kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
              SELECT CONCAT('also', seq, '.example'), 'alias', d.id, 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM seq_1_to_60, domains d WHERE d.name = 'big.example';
            INSERT INTO domains (name, kind, transport, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
              SELECT CONCAT('relay', seq, '.example'), 'relay', 'mx', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM seq_1_to_60;
            INSERT INTO addresses (address, domain_id, kind, is_active)
              SELECT CONCAT('r', seq, '@relay1.example'), d.id, 'relay_recipient', 1 FROM seq_1_to_120, domains d WHERE d.name = 'relay1.example';
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT '@big.example', id, 'catch_all', 1 FROM domains WHERE name = 'big.example';
            INSERT INTO addresses (address, domain_id, kind, is_active, is_group) SELECT 'everyone@big.example', id, 'alias', 1, 1 FROM domains WHERE name = 'big.example';
            INSERT INTO aliases (address_id, kind, version, created_at, updated_at) SELECT id, kind, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses WHERE kind = 'catch_all' OR is_group = 1;
            INSERT INTO destinations (address_id, address, local_part, domain_name)
              SELECT id, 'm1@big.example', 'm1', 'big.example' FROM addresses WHERE (kind <> 'mailbox' OR address LIKE 'm2%@big.example') AND is_group = 0;
            INSERT INTO destinations (address_id, address, local_part, domain_name)
              SELECT id, 'u60@d1.example', 'u60', 'd1.example' FROM addresses WHERE address LIKE 'm3%@big.example';
            UPDATE domains SET welcome_language = 'en' WHERE name = 'big.example';
            INSERT INTO settings (`key`, value, updated_at) VALUES ('host_name', 'mail.host.example', UTC_TIMESTAMP(6));
            INSERT INTO notices (kind, mailbox_id, created_at, failures, refusal) SELECT 'welcome', m.id, UTC_TIMESTAMP(6), 1, '550 no' FROM mailboxes m JOIN addresses a ON a.id = m.address_id WHERE a.address = 'm1@big.example';
            INSERT INTO mailbox_filters (id, mailbox_id, position, name, is_on, rule, version, created_at, updated_at)
              SELECT seq, m.id, seq, CONCAT('f', seq), 1, '{"{"}"conditions":[{"{"}"part":"subject","test":"is","value":"x"{"}"}],"delivery":"trash"{"}"}', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
              FROM seq_1_to_50, mailboxes m JOIN addresses a ON a.id = m.address_id WHERE a.address = 'm1@big.example';
            INSERT INTO domain_templates (id, name, form, version, created_at, updated_at) SELECT seq, CONCAT('t', seq), '{"{}"}', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM seq_1_to_60;
            INSERT INTO jobs (id, kind, action, selection, actor, request_id, state, total, done_count, refused_count, is_cancel_requested, fence, created_at)
              VALUES (1, 'mailboxes', 'deactivate', '{"{}"}', 'root', 'r', 'done', 2, 1, 1, 0, 1, UTC_TIMESTAMP(6));
            INSERT INTO imports (id, account_id, total, refused_count, expires_at, version, created_at, updated_at)
              SELECT 1, id, 1, 0, UTC_TIMESTAMP(6) + INTERVAL 1 DAY, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM accounts WHERE login = '{Panel.Login}';
            INSERT INTO job_results (job_id, number, subject, problem) VALUES (1, 1, 'm1@big.example', NULL), (1, 2, 'm2@big.example', 'JobThingGone');
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('gone', seq, '@big.example'), d.id, 'recycled', 0 FROM seq_1_to_120, domains d WHERE d.name = 'big.example';
            INSERT INTO recycled_items (kind, name, domain_id, address_id, was_active, home, bytes, mailbox_count, alias_count, deleted_at, deleted_by)
              SELECT 'mailbox', address, domain_id, id, 1, address, 1, 0, 0, UTC_TIMESTAMP(6), 'root' FROM addresses WHERE kind = 'recycled';
            INSERT INTO domain_admins (account_id, domain_id, permissions) SELECT {account}, id, {(int)DomainPermissions.All} FROM domains WHERE kind <> 'alias';
            INSERT INTO audit_seals (number, sealed_at, sealed_to, first_id, entry_count, entries, previous, digest, mark) VALUES (1, UTC_TIMESTAMP(6), 1, 1, 1, '', 'p', 'd', 'm');
            INSERT INTO audit_entries (at, actor, request_id, action, subject)
              SELECT UTC_TIMESTAMP(6), 'root', 'r', 'domain.create', CONCAT('d', seq, '.example') FROM seq_1_to_120
            """);
    }
}
