using System.Text.RegularExpressions;
using Xunit;

namespace AdminPanel.Tests.Unit.MailServer;

/// <summary>Dovecot 2.3 and 2.4 are told the same in two languages.</summary>
public sealed partial class DovecotTests
{
    // What one calls by another name; all else of the queries is the same.
    private static readonly (string In23, string In24)[] Names =
    [
        ("%{sha256:password}", "%{password | sha256 | hexlify}"),
        ("%Ls", "%{protocol | lower}"),
        ("%n", "%{user | username}"),
        ("%d", "%{user | domain}"),
        ("%u", "%{user}"),
        ("CONCAT('*:bytes=', m.quota_bytes) AS userdb_quota_rule", "CONCAT(m.quota_bytes, 'B') AS userdb_quota_storage_size"),
        ("CONCAT('*:bytes=', m.quota_bytes) AS quota_rule", "CONCAT(m.quota_bytes, 'B') AS quota_storage_size"),
    ];

    [Fact]
    public void Both_ask_the_same_of_the_database()
    {
        var older = Queries(TestSettings.Template("dovecot-2.3/dovecot-sql.conf.ext"));
        var newer = Queries(TestSettings.Template("dovecot-2.4/dovecot-sql.conf.ext"));

        // password_query, user_query and iterate_query, in this order in both.
        Assert.Equal(3, older.Count);
        Assert.Equal(older.Select(query => Names.Aggregate(query, (text, name) => text.Replace(name.In23, name.In24, StringComparison.Ordinal))), newer);
    }

    [Fact]
    public void Both_write_to_the_same_tables_and_columns()
    {
        Assert.Equal(
            ["mailbox_usage address bytes", "mailbox_usage address messages", "mailbox_logins seconds $user:address $service:service"],
            Maps(TestSettings.Template("dovecot-2.3/dovecot-dict-sql.conf.ext")));
        Assert.Equal(
            ["mailbox_usage address bytes", "mailbox_usage address messages", "mailbox_logins seconds $user:address $service:service"],
            Maps(TestSettings.Template("dovecot-2.4/dovecot-dict-sql.conf.ext")));
    }

    /// <summary>Dovecot 2.4 takes a "%u" for those two characters, and doveconf(1) has nothing to say against it: nobody would get in, or everybody the same answer.</summary>
    [Fact]
    public void No_variable_of_the_older_kind_is_left_for_the_newer_one()
    {
        var files = TestSettings.Render(TestSettings.With(), TestSettings.Versions("2.4", "3.10")).Where(file => file.Path.StartsWith("dovecot/", StringComparison.Ordinal)).ToList();

        Assert.Equal(9, files.Count);
        foreach (var file in files) Assert.DoesNotMatch(OlderVariable(), file.Text);
        Assert.Matches(OlderVariable(), TestSettings.Template("dovecot-2.3/dovecot-sql.conf.ext"));
    }

    [Fact]
    public void Each_host_of_the_database_has_a_block_of_its_own()
    {
        var files = TestSettings.Render(TestSettings.With("database_hosts", "unix:/run/db.sock,db1.example.org:3307"), TestSettings.Versions("2.4", "3.10"));

        Assert.Contains("""
            mysql /run/db.sock {
              dbname = adminpanel
              user = adminpanel_dovecot
              password = dovecot.password.1
            }
            mysql db1.example.org {
              port = 3307
              dbname = adminpanel
              user = adminpanel_dovecot
              password = dovecot.password.1
            }

            """, files.Single(file => file.Path == "dovecot/dovecot-sql.conf.ext").Text, StringComparison.Ordinal);
    }

    /// <summary>The queries of a file, without the names of their settings and the space between words.</summary>
    private static List<string> Queries(string file) =>
        [.. Query().Matches(file.Replace("\\\n", " ", StringComparison.Ordinal)).Select(match => Space().Replace(match.Groups[1].Value, " ").Trim())];

    /// <summary>Each map of a dict as its table, the column of the user or of the value, and the variables with their columns.</summary>
    private static List<string> Maps(string file) =>
        [.. file.Split(["map {", "dict_map "], StringSplitOptions.None).Skip(1).Select(map => string.Join(' ', Words(map)))];

    private static IEnumerable<string> Words(string map)
    {
        yield return Table().Match(map).Groups[1].Value;
        if (UserColumn().Match(map) is { Success: true } user) yield return user.Groups[1].Value;
        yield return ValueColumn().Match(map).Groups[1].Value;
        foreach (var field in Field23().Matches(map).Concat(Field24().Matches(map)))
            yield return $"{field.Groups["variable"].Value}:{field.Groups["column"].Value}";
    }

    [GeneratedRegex(@"%[A-Za-z]", RegexOptions.CultureInvariant)]
    private static partial Regex OlderVariable();

    [GeneratedRegex(@"^\s*\w*query = (.*)$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Query();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();

    [GeneratedRegex(@"table = (\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Table();

    [GeneratedRegex(@"username_field = (\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex UserColumn();

    [GeneratedRegex(@"value_field =? ?(\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex ValueColumn();

    [GeneratedRegex(@"^\s*(?<column>(?!value)\w+) = (?<variable>\$\w+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Field23();

    [GeneratedRegex(@"key_field (?<column>\w+) \{\s*value = (?<variable>\$\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Field24();
}
