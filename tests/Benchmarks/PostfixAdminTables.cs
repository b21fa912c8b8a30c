namespace AdminPanel.Benchmarks;

/// <summary>
/// The tables of PostfixAdmin that Postfix reads (schema 1856) and the lookup tables that its documentation gives for
/// them (DOCUMENTS/POSTFIX_CONF.txt), as far as they answer a recipient.
/// </summary>
internal static class PostfixAdminTables
{
    public const string Account = "pfa_postfix";
    public const string Password = "a.password.for.theirs";
    public const string Database = "postfixadmin";

    /// <summary>The parameters of main.cf that name the tables, as ours do; {0} is "proxy:" or nothing.</summary>
    public static readonly IReadOnlyList<(string Parameter, string[] Tables)> Parameters =
    [
        ("virtual_mailbox_domains", ["virtual_domains_maps"]),
        ("virtual_alias_maps", ["virtual_alias_maps", "virtual_alias_domain_maps", "virtual_alias_domain_catchall_maps"]),
        ("virtual_mailbox_maps", ["virtual_mailbox_maps", "virtual_alias_domain_mailbox_maps"]),
    ];

    /// <summary>By name; each with the account and the database in front it is a file of mysql_table(5).</summary>
    public static readonly IReadOnlyDictionary<string, string> Queries = new Dictionary<string, string>
    {
        ["virtual_domains_maps"] = "SELECT domain FROM domain WHERE domain='%s' AND active = '1'",
        ["virtual_alias_maps"] = "SELECT goto FROM alias WHERE address='%s' AND active = '1'",
        ["virtual_alias_domain_maps"] =
            "SELECT goto FROM alias,alias_domain WHERE alias_domain.alias_domain = '%d' AND alias.address = CONCAT('%u', '@', alias_domain.target_domain) AND alias.active = 1 AND alias_domain.active='1'",
        ["virtual_alias_domain_catchall_maps"] =
            "SELECT goto FROM alias,alias_domain WHERE alias_domain.alias_domain = '%d' AND alias.address = CONCAT('@', alias_domain.target_domain) AND alias.active = 1 AND alias_domain.active='1'",
        ["virtual_mailbox_maps"] = "SELECT maildir FROM mailbox WHERE username='%s' AND active = '1'",
        ["virtual_alias_domain_mailbox_maps"] =
            "SELECT maildir FROM mailbox,alias_domain WHERE alias_domain.alias_domain = '%d' AND mailbox.username = CONCAT('%u', '@', alias_domain.target_domain) AND mailbox.active = 1 AND alias_domain.active='1'",
    };

    /// <summary>Statements that make the database and fill it with what another has: the same addresses, each mailbox with the alias of itself that PostfixAdmin gives it.</summary>
    public static string Fill(string ours) => $"""
        CREATE DATABASE {Database} CHARACTER SET latin1 COLLATE latin1_general_ci;
        USE {Database};
        CREATE TABLE domain (domain varchar(255) NOT NULL PRIMARY KEY, description varchar(255) CHARACTER SET utf8mb4 NOT NULL DEFAULT '', aliases int NOT NULL DEFAULT 0, mailboxes int NOT NULL DEFAULT 0,
            maxquota bigint NOT NULL DEFAULT 0, quota bigint NOT NULL DEFAULT 0, transport varchar(255) NOT NULL DEFAULT 'virtual', backupmx tinyint(1) NOT NULL DEFAULT 0, {Dates}, active tinyint(1) NOT NULL DEFAULT 1, password_expiry int DEFAULT 0);
        CREATE TABLE alias_domain (alias_domain varchar(255) NOT NULL PRIMARY KEY, target_domain varchar(255) NOT NULL, description varchar(255) CHARACTER SET utf8mb4 NOT NULL DEFAULT '', {Dates},
            active tinyint(1) NOT NULL DEFAULT 1, KEY (active), KEY (target_domain));
        CREATE TABLE alias (address varchar(255) NOT NULL PRIMARY KEY, goto text NOT NULL, domain varchar(255) NOT NULL, description varchar(255) CHARACTER SET utf8mb4 NOT NULL DEFAULT '', {Dates},
            active tinyint(1) NOT NULL DEFAULT 1, KEY (domain));
        CREATE TABLE mailbox (username varchar(255) NOT NULL PRIMARY KEY, password varchar(255) NOT NULL, name varchar(255) CHARACTER SET utf8mb4 NOT NULL, maildir varchar(255) NOT NULL, quota bigint NOT NULL DEFAULT 0,
            local_part varchar(255) NOT NULL, domain varchar(255) NOT NULL, {Dates}, active tinyint(1) NOT NULL DEFAULT 1, phone varchar(30) CHARACTER SET utf8mb4 NOT NULL DEFAULT '', email_other varchar(255) CHARACTER SET utf8mb4 NOT NULL DEFAULT '',
            token varchar(255) NOT NULL DEFAULT '', token_validity datetime NOT NULL DEFAULT '2000-01-01 00:00:00', password_expiry datetime NOT NULL DEFAULT '2000-01-01 00:00:00', totp_secret varchar(255) DEFAULT NULL,
            smtp_active tinyint(1) NOT NULL DEFAULT 1, KEY (domain));
        INSERT INTO domain (domain) SELECT name FROM {ours}.domains ORDER BY name;
        INSERT INTO alias_domain (alias_domain, target_domain) SELECT a.name, t.name FROM {ours}.domains a JOIN {ours}.domains t ON t.id = a.target_id ORDER BY a.name;
        INSERT INTO mailbox (username, password, name, maildir, quota, local_part, domain)
            SELECT a.address, m.password_hash, m.display_name, CONCAT(d.name, '/', SUBSTRING_INDEX(a.address, '@', 1), '/'), m.quota_bytes, SUBSTRING_INDEX(a.address, '@', 1), d.name
            FROM {ours}.addresses a JOIN {ours}.mailboxes m ON m.address_id = a.id JOIN {ours}.domains d ON d.id = a.domain_id;
        INSERT INTO alias (address, goto, domain) SELECT username, username, domain FROM mailbox;
        INSERT INTO alias (address, goto, domain)
            SELECT a.address, (SELECT GROUP_CONCAT(x.address) FROM {ours}.destinations x WHERE x.address_id = a.id), d.name
            FROM {ours}.addresses a JOIN {ours}.domains d ON d.id = a.domain_id WHERE a.kind IN ('alias', 'catch_all');
        ANALYZE TABLE domain, alias_domain, alias, mailbox;
        CREATE USER {Account}@localhost IDENTIFIED BY '{Password}';
        GRANT SELECT ON {Database}.* TO {Account}@localhost;
        """;

    private const string Dates = "created datetime NOT NULL DEFAULT '2000-01-01 00:00:00', modified datetime NOT NULL DEFAULT '2000-01-01 00:00:00'";
}
