using System.Globalization;
using AdminPanel.Tests.Support;
using MariaDb.Client;

namespace AdminPanel.Benchmarks;

/// <summary>
/// What one recipient costs: the panel's lookup tables beside those that PostfixAdmin documents, on one server with the
/// same 1,000,000 mailboxes. How many statements Postfix sends, what they take one after another over a kept connection,
/// what an RCPT takes with and without proxymap(8), and how the server reads its tables.
/// </summary>
internal sealed class LookupBenchmark(TrialInstance instance)
{
    private const int Domains = 10_000;
    private const int Mailboxes = 1_000_000;
    private const int Aliases = 200_000;
    private const int CatchAlls = 1_000;

    private static readonly LookupKind[] Kinds =
    [
        new("mailbox", "m", "d", Domains, Mailboxes),
        new("alias of two", "u", "d", Domains, Aliases),
        new("through an alias domain", "m", "a", Domains, Mailboxes),
        new("catch-all", "anything", "c", CatchAlls, Mailboxes),
        new("unknown", "nobody", "d", Domains, Mailboxes),
        new("foreign", "somebody", "elsewhere", Domains, Mailboxes, ".example.net"),
    ];

    private static readonly string[] OurParameters = ["virtual_mailbox_domains", "virtual_alias_maps", "outside_alias_maps", "virtual_mailbox_maps"];

    public static async Task RunAsync()
    {
        var benchmark = new LookupBenchmark(await TrialInstance.Shared);
        Figures.Print("seeding 1,000,000 mailboxes for both", await Figures.MillisecondsAsync(benchmark.SeedAsync) / 1000, "s");
        await benchmark.CompareAsync();
    }

    private async Task SeedAsync()
    {
        // All of it stays in memory, and no row waits for the disk.
        await instance.ExecuteAsync("SET GLOBAL innodb_buffer_pool_size = 4294967296; SET GLOBAL innodb_flush_log_at_trx_commit = 0");
        await using (var connection = new MariaDbConnection(instance.ConnectionString))
        {
            await connection.OpenAsync();
            await MailSeed.FillAsync(connection, Domains, Mailboxes, aliases: Aliases);
        }
        await instance.ExecuteAsync($"""
            INSERT INTO domains (name, kind, target_id, target_kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
                SELECT CONCAT('a', SUBSTRING(d.name, 2)), 'alias', d.id, 'hosted', 1, 0, 0, 0, 1, d.created_at, d.created_at FROM domains d WHERE d.kind = 'hosted' AND d.name LIKE 'd%';
            INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
                SELECT CONCAT('c', seq, '.example'), 'hosted', 1, 0, 1, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM seq_1_to_{CatchAlls};
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('@', d.name), d.id, 'catch_all', 1 FROM domains d WHERE d.name LIKE 'c%.example' AND d.kind = 'hosted';
            INSERT INTO aliases (address_id, kind, version, created_at, updated_at) SELECT id, kind, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses WHERE kind = 'catch_all';
            INSERT INTO destinations (address_id, address, local_part, domain_name) SELECT id, 'm1@d2.example', 'm1', 'd2.example' FROM addresses WHERE kind = 'catch_all';
            ANALYZE TABLE domains, addresses, aliases, destinations;
            {PostfixAdminTables.Fill("adminpanel")}
            """);
    }

    private async Task CompareAsync()
    {
        var (ours, theirs) = (new LookupSide("panel", "adminpanel_postfix", "adminpanel", instance), new LookupSide("PostfixAdmin", PostfixAdminTables.Account, PostfixAdminTables.Database, instance));
        foreach (var proxy in (string[])["proxy:", ""])
        {
            await using (var postfix = await BenchedPostfix.StartAsync(instance, "ours" + proxy.TrimEnd(':'), await OurTablesAsync(proxy), new Dictionary<string, string>())) await ours.MeasureAsync(postfix, proxy.Length > 0, Kinds);
            await using (var postfix = await BenchedPostfix.StartAsync(instance, "theirs" + proxy.TrimEnd(':'), TheirTables(proxy), TheirFiles())) await theirs.MeasureAsync(postfix, proxy.Length > 0, Kinds);
        }
        await LookupSide.ReplayAsync([ours, theirs], Kinds);
        foreach (var kind in Kinds)
        {
            Console.WriteLine(kind.Name);
            foreach (var side in (LookupSide[])[ours, theirs]) side.Print(kind);
            Figures.PrintRatio("    panel / PostfixAdmin, SQL", ours.Of(kind).SqlMicroseconds, theirs.Of(kind).SqlMicroseconds);
            Figures.PrintRatio("    panel / PostfixAdmin, RCPT through proxymap", ours.Of(kind).ProxiedMicroseconds, theirs.Of(kind).ProxiedMicroseconds);
        }
    }

    /// <summary>As they are rendered, with or without proxymap.</summary>
    private async Task<Dictionary<string, string>> OurTablesAsync(string proxy)
    {
        var values = new Dictionary<string, string>();
        foreach (var parameter in OurParameters)
        {
            var (_, line, _) = await TrialInstance.RunAsync("/usr/sbin/postconf", ["-c", Path.Combine(instance.Config, "postfix"), "-h", parameter]);
            values[parameter] = line.Trim().Replace("proxy:", proxy, StringComparison.Ordinal);
        }
        return values;
    }

    private static Dictionary<string, string> TheirTables(string proxy)
    {
        var values = PostfixAdminTables.Parameters.ToDictionary(p => p.Parameter, p => string.Join(", ", p.Tables.Select(table => $"{proxy}mysql:$config_directory/sql/{table}.cf")));
        // What master.cf gives port 25.
        values["outside_alias_maps"] = values["virtual_alias_maps"];
        return values;
    }

    private Dictionary<string, string> TheirFiles() => PostfixAdminTables.Queries.ToDictionary(q => q.Key, q => string.Create(CultureInfo.InvariantCulture,
        $"hosts = unix:{instance.DatabaseSocket}\nuser = {PostfixAdminTables.Account}\npassword = {PostfixAdminTables.Password}\ndbname = {PostfixAdminTables.Database}\nquery = {q.Value}\n"));
}
