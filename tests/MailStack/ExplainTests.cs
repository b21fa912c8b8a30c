using System.Text.Json;
using AdminPanel.Data;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.MailServer;
using MariaDb.Client;
using MariaDb.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// No lookup grows with the number of rows: at 200,000 mailboxes, as the daemon's own account, every table of every
/// plan is found by a whole unique key or by an index that one owner's few rows share.
/// </summary>
public sealed class ExplainTests : IAsyncLifetime
{
    // What EXPLAIN (MariaDB) calls such an access; null with "message" is a plan that needs no table at all.
    private static readonly HashSet<string> Allowed = ["system", "const", "eq_ref", "ref", "unique_subquery", "index_subquery"];
    private static readonly Lazy<Task<MailServerSettings>> Seeded = new(SeedAsync);

    private static readonly (string What, string Key)[] Keys =
    [
        ("mailbox", "m7@d8.example"), ("mailbox+ext", "m7+ext@d8.example"), ("alias", "u7@d8.example"), ("alias+ext", "u7+ext@d8.example"),
        ("alias domain", "m7@alias8.example"), ("alias domain+ext", "u7+ext@alias8.example"), ("miss", "nobody@d8.example"),
        ("miss in alias domain", "nobody@alias8.example"), ("catch-all", "anything@d9.example"), ("catch-all of target", "anything@alias9.example"),
        ("forward", "m10@d11.example"), ("inactive", "m12@d13.example"), ("expired", "m16@d17.example"), ("inactive domain", "m13@d14.example"), ("foreign", "x@example.net"), ("relay", "listed@relay.example"), ("relay+ext", "listed+ext@relay.example"), ("relay, unlisted", "nobody@relay.example"), ("alias to relay", "relayed@d9.example"), ("granted", "granted7@d8.example"), ("granted+ext", "granted7+ext@d8.example"), ("own and granted", "m7@d8.example"),
        ("@domain", "@d8.example"), ("no domain", "m7"), ("empty base", "+ext@d8.example"),
        ("quote", "o'x@d8.example"), ("backslash", "a\\b@d8.example"), ("percent", "%s%u%d@d8.example"), ("space", "m7 @d8.example"),
        ("non-ascii", "имя@d8.example"), ("emoji", "😀@alias8.example"), ("long", new string('x', 400) + "@d8.example"), ("two at", "m7@d8.example@d8.example"),
    ];

    public static TheoryData<string> PostfixTables => ["plain_alias_maps", "virtual_mailbox_domains", "virtual_mailbox_maps", "virtual_alias_maps", "smtpd_sender_login_maps", "transport_maps"];

    public Task InitializeAsync() => Seeded.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    [MailStackTheory]
    [MemberData(nameof(PostfixTables))]
    public async Task A_postfix_table_reads_whole_keys_only(string table)
    {
        var settings = await Seeded.Value;
        var query = LookupTable.QueryOf(SqlMaps.RenderPostfix(Template($"postfix/{table}.cf"), settings));
        foreach (var (what, address) in Keys)
        {
            var key = table == "virtual_mailbox_domains" ? address[(address.LastIndexOf('@') + 1)..] : address;
            if (LookupTable.Expand(query, key) is { } sql) await AssertPlanAsync(settings.PostfixUser, settings.PostfixPassword, sql, what);
        }
    }

    [MailStackTheory]
    [InlineData("password_query", "imap")]
    [InlineData("password_query", "pop3")]
    [InlineData("password_query", "smtp")]
    [InlineData("password_query", "sieve")]
    [InlineData("password_query", "doveadm")]
    [InlineData("user_query", "lmtp")]
    public async Task A_dovecot_query_reads_whole_keys_only(string name, string protocol)
    {
        var settings = await Seeded.Value;
        var query = DovecotQuery(SqlMaps.RenderDovecot(Template("dovecot-2.3/dovecot-sql.conf.ext"), settings), name).Replace("%Ls", protocol, StringComparison.Ordinal);
        foreach (var (what, key) in Keys.Where(key => key.Key.All(char.IsAscii)))
        {
            // Dovecot asks with empty halves where Postfix would not ask at all.
            var (local, domain) = key.Split('@', 2) is [var left, var right] ? (left, right) : (key, "");
            await AssertPlanAsync(
                settings.DovecotUser, settings.DovecotPassword,
                query.Replace("%u", LookupTable.Escape(key), StringComparison.Ordinal).Replace("%n", LookupTable.Escape(local), StringComparison.Ordinal).Replace("%d", LookupTable.Escape(domain), StringComparison.Ordinal), what);
        }
    }

    [MailStackFact]
    public async Task The_list_of_all_mailboxes_reads_the_register_once_and_each_domain_by_its_key()
    {
        var settings = await Seeded.Value;
        var query = DovecotQuery(SqlMaps.RenderDovecot(Template("dovecot-2.3/dovecot-sql.conf.ext"), settings), "iterate_query");

        // It has no key to look up: what it lists is most of the register, and one pass is the least it can cost.
        var accesses = await PlanAsync(settings.DovecotUser, settings.DovecotPassword, query);
        Assert.Equal(["a", "d"], accesses.Select(access => access.Table));
        Assert.Equal("eq_ref", accesses[1].Access);
    }

    [MailStackFact]
    public async Task The_daemons_accounts_can_neither_write_nor_read_anything_else()
    {
        var settings = await Seeded.Value;
        foreach (var sql in (string[])["SELECT password_hash FROM mailboxes LIMIT 1", "SELECT * FROM accounts", "SELECT * FROM settings", "UPDATE addresses SET is_active = 1", "DELETE FROM destinations"])
        {
            await AssertDeniedAsync(settings.PostfixUser, settings.PostfixPassword, sql);
        }
        foreach (var sql in (string[])["SELECT * FROM destinations", "SELECT * FROM accounts", "SELECT display_name FROM mailboxes", "UPDATE mailboxes SET quota_bytes = NULL",
            "DELETE FROM mailbox_usage", "SELECT address FROM mailbox_usage", "DELETE FROM mailbox_logins", "SELECT * FROM domain_usage"])
        {
            await AssertDeniedAsync(settings.DovecotUser, settings.DovecotPassword, sql);
        }
    }

    private static async Task AssertPlanAsync(string user, string password, string sql, string what)
    {
        var accesses = await PlanAsync(user, password, sql);

        Assert.True(accesses.Count > 0, $"{what}: a plan without tables");
        // The rows of a UNION are put together by reading them: no table of ours.
        foreach (var (table, access) in accesses.Where(read => !read.Table.StartsWith("<union", StringComparison.Ordinal))) Assert.True(Allowed.Contains(access), $"{what}: {table} is read by {access}");
    }

    /// <summary>How each table of a query is read. The query is run as well: a key that is an error would throw here.</summary>
    private static async Task<List<(string Table, string Access)>> PlanAsync(string user, string password, string sql)
    {
        await using var connection = await OpenAsync(user, password);
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN FORMAT=JSON " + sql;
        // MariaDB writes a condition into its JSON with the quotes escaped as in SQL, which JSON does not know.
        var json = ((string)(await command.ExecuteScalarAsync())!).Replace("\\'", "'", StringComparison.Ordinal);
        using var plan = JsonDocument.Parse(json);
        command.CommandText = sql;
        await command.ExecuteScalarAsync();
        return [.. Tables(plan.RootElement)];
    }

    private static IEnumerable<(string Table, string Access)> Tables(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Array) return node.EnumerateArray().SelectMany(Tables);
        if (node.ValueKind != JsonValueKind.Object) return [];

        var found = node.EnumerateObject().SelectMany(property => Tables(property.Value));
        if (node.TryGetProperty("access_type", out var access)) return found.Prepend((node.GetProperty("table_name").GetString()!, access.GetString()!));
        if (node.TryGetProperty("message", out var message) && message.GetString()!.Contains("Impossible", StringComparison.Ordinal)) return found.Prepend(("none", "const"));

        return found;
    }

    private static async Task AssertDeniedAsync(string user, string password, string sql)
    {
        await using var connection = await OpenAsync(user, password);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;

        var refusal = await Assert.ThrowsAsync<MariaDbException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal("42000", refusal.SqlState);
    }

    private static async Task<MariaDbConnection> OpenAsync(string user, string password)
    {
        var settings = await Seeded.Value;
        var server = await PrivateMariaDb.Shared;
        var connection = new MariaDbConnection($"Socket={server.Socket};User={user};Password={password};Database={settings.DatabaseName};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<MailServerSettings> SeedAsync()
    {
        var server = await PrivateMariaDb.Shared;
        var database = await server.CreateDatabaseAsync("explain");
        var options = new DbContextOptionsBuilder<AdminDb>().UseMariaDb(server.ConnectionString(database), o => o.MigrationsAssembly("AdminPanel.Migrations")).Options;
        await using (var db = new AdminDb(options, TimeProvider.System)) await db.Database.MigrateAsync();
        await using (var connection = new MariaDbConnection(server.ConnectionString(database)))
        {
            await connection.OpenAsync();
            await MailSeed.FillAsync(connection, domains: 2000, mailboxes: 180_000, inBigDomain: 20_000, aliases: 50_000);
        }
        await server.ExecuteAsync($"""
            {new MailData().Domain("alias8.example", target: "d8.example").Domain("alias9.example", target: "d9.example").Alias("@d9.example", ["m8@d9.example"])
                .RelayDomain("relay.example", "192.0.2.1", 25).Recipient("listed@relay.example").Alias("relayed@d9.example", ["listed@relay.example"]).MembersMaySend("relayed@d9.example")
                .Group("everyone@d9.example").Group("everyone@big.example").Alias("to-everyone@d9.example", ["everyone@d9.example"])}
            INSERT INTO send_as_grants (mailbox_id, address, domain_id) SELECT m.id, CONCAT('granted', a.id % 1000, '@d8.example'), d.id FROM addresses a JOIN mailboxes m ON m.address_id = a.id JOIN domains d ON d.name = 'd8.example';
            INSERT INTO send_as_grants (mailbox_id, address, domain_id) SELECT m.id, CONCAT('@', d.name), d.id FROM addresses a JOIN mailboxes m ON m.address_id = a.id JOIN domains d ON d.id = a.domain_id WHERE a.id % 10 = 0 OR a.address = 'm7@d8.example';
            INSERT INTO destinations (address_id, address, local_part, domain_name) SELECT id, 'u7@d8.example', 'u7', 'd8.example' FROM addresses WHERE address = 'm10@d11.example';
            UPDATE addresses SET is_active = 0 WHERE address = 'm12@d13.example';
            UPDATE addresses SET active_until = UTC_TIMESTAMP(6) - INTERVAL 1 HOUR WHERE address = 'm16@d17.example';
            UPDATE domains SET is_active = 0 WHERE name = 'd14.example';
            ANALYZE TABLE domains, addresses, mailboxes, aliases, destinations, send_as_grants;
            """, database);
        var read = MailServerSettings.Read(new Dictionary<string, string>
        {
            ["host_name"] = "mail.example.org",
            ["host_recipient"] = "admin@example.net",
            ["database_name"] = database,
            ["postfix_user"] = database + "_postfix",
            ["dovecot_user"] = database + "_dovecot",
            ["postfix_password"] = "a.password.for.postfix",
            ["dovecot_password"] = "a.password.for.dovecot",
        });
        var settings = ((Outcome<MailServerSettings>.Done)read).Value;
        await server.ExecuteAsync(SqlMaps.RenderGrants(Template("grants.sql"), settings));
        return settings;
    }

    private static string Template(string path) => File.ReadAllText(Path.Combine(TrialInstance.Repository, "sql-maps", path));

    /// <summary>A query of dovecot-sql.conf.ext: it goes on where a line ends in a backslash.</summary>
    private static string DovecotQuery(string file, string name) =>
        file.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Single(line => line.StartsWith(name + " = ", StringComparison.Ordinal))[(name.Length + 3)..];
}
