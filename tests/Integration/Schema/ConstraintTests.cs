using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Schema;

/// <summary>
/// What the database refuses by itself, whatever a program does: every row is tried with the mariadb client, past all
/// code of the panel.
/// </summary>
public sealed class ConstraintTests(PanelDatabase database) : IClassFixture<PanelDatabase>, IAsyncLifetime
{
    private const string Times = "version, created_at, updated_at";

    private const string Now = "1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)";

    public async Task InitializeAsync()
    {
        if (database.Server is null) return;

        await database.ExecuteAsync(
            $"""
            DELETE FROM addresses; DELETE FROM domains WHERE kind = 'alias'; DELETE FROM domains; DELETE FROM accounts;
            {DomainRow(1, "example.org", "hosted")}; {DomainRow(2, "alias.example", "alias", "1, 'hosted'")};
            {AddressRow(1, "anna@example.org", "mailbox")}; {AddressRow(2, "info@example.org", "alias")}; {AddressRow(3, "@example.org", "catch_all")};
            {MailboxRow(1)}; {AliasRow(2)}; {AliasRow(3, "catch_all")};
            """);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [MariaDbFact]
    public async Task A_transport_belongs_to_its_kind_of_domain_and_a_next_hop_to_its_transport()
    {
        await RefusedAsync("UPDATE domains SET transport = 'smtp', transport_host = 'mx.example', transport_port = 25 WHERE id = 1", "4025", "ck_domains_transport");
        await RefusedAsync("UPDATE domains SET transport = 'error' WHERE id = 2", "4025", "ck_domains_transport");
        await RefusedAsync("UPDATE domains SET transport = 'pipe' WHERE id = 1", "4025", "ck_domains_transport");
        await RefusedAsync("UPDATE domains SET transport_host = 'mx.example', transport_port = 25 WHERE id = 1", "4025", "ck_domains_next_hop");
        var relay = $"INSERT INTO domains (name, kind, transport, transport_host, transport_port, is_active, mailbox_count, alias_count, allocated_quota, {Times}) VALUES ('relay.example', 'relay', ";
        await RefusedAsync($"{relay}'lmtp', NULL, NULL, 1, 0, 0, 0, {Now})", "4025", "ck_domains_transport");
        await RefusedAsync($"{relay}'smtp', NULL, NULL, 1, 0, 0, 0, {Now})", "4025", "ck_domains_next_hop");
        await RefusedAsync($"{relay}'smtp', 'mx.example', NULL, 1, 0, 0, 0, {Now})", "4025", "ck_domains_next_hop");
        await RefusedAsync($"{relay}'mx', 'mx.example', 25, 1, 0, 0, 0, {Now})", "4025", "ck_domains_next_hop");
    }

    [MariaDbFact]
    public async Task Dates_of_an_address_end_after_they_begin()
    {
        await RefusedAsync("UPDATE addresses SET active_from = '2026-02-01', active_until = '2026-01-01' WHERE id = 1", "4025", "ck_addresses_dates");
        await RefusedAsync("UPDATE addresses SET active_from = '2026-02-01', active_until = '2026-02-01' WHERE id = 1", "4025", "ck_addresses_dates");
    }

    [MariaDbFact]
    public Task An_address_has_one_owner() => RefusedAsync(AddressRow(9, "anna@example.org", "alias"), "1062", "IX_addresses_address");

    [MariaDbFact]
    public async Task An_address_of_a_mailbox_takes_no_alias_and_an_alias_no_mailbox()
    {
        await RefusedAsync(AliasRow(1), "1452", "FK_aliases_addresses");
        await RefusedAsync(AliasRow(1, "mailbox"), "4025", "ck_aliases_kind");
        await RefusedAsync(MailboxRow(2), "1452", "FK_mailboxes_addresses");
        await RefusedAsync(MailboxRow(2, kind: "alias"), "4025", "ck_mailboxes_kind");
    }

    [MariaDbFact]
    public Task An_address_with_an_object_does_not_change_its_kind() =>
        RefusedAsync("UPDATE addresses SET kind = 'alias' WHERE id = 1", "1451", "FK_mailboxes_addresses");

    [MariaDbFact]
    public async Task An_address_has_one_object()
    {
        await RefusedAsync(MailboxRow(1, home: "other"), "1062", "IX_mailboxes_address_id_kind");
        await RefusedAsync(AliasRow(2), "1062", "IX_aliases_address_id_kind");
    }

    [MariaDbFact]
    public async Task A_catch_all_begins_with_the_at_sign_and_nothing_else_does()
    {
        await RefusedAsync(AddressRow(9, "bob@example.org", "catch_all"), "4025", "ck_addresses_kind");
        await RefusedAsync(AddressRow(9, "@other.example", "alias"), "4025", "ck_addresses_kind");
        await RefusedAsync(AddressRow(9, "bob@example.org", "wildcard"), "4025", "ck_addresses_kind");
    }

    [MariaDbFact]
    public async Task A_target_is_a_hosted_domain()
    {
        await RefusedAsync(DomainRow(9, "chain.example", "alias", "2, 'hosted'"), "1452", "FK_domains_domains");
        await RefusedAsync(DomainRow(9, "chain.example", "alias", "2, 'alias'"), "4025", "ck_domains_target_kind");
        await RefusedAsync(DomainRow(9, "chain.example", "alias", "2, NULL"), "4025", "ck_domains_target");
        await RefusedAsync(DomainRow(9, "none.example", "alias"), "4025", "ck_domains_target");
        await RefusedAsync(DomainRow(9, "both.example", "hosted", "1, 'hosted'"), "4025", "ck_domains_target");
        await RefusedAsync("UPDATE domains SET kind = 'alias', target_id = 2, target_kind = 'hosted' WHERE id = 1", "1451", "FK_domains_domains");
    }

    [MariaDbFact]
    public async Task A_domain_name_has_one_meaning()
    {
        await RefusedAsync(DomainRow(9, "alias.example", "hosted"), "1062", "IX_domains_name");
        await RefusedAsync(DomainRow(9, "relay.example", "secondary"), "4025", "ck_domains_kind");
    }

    [MariaDbFact]
    public async Task A_domain_that_is_a_target_or_has_addresses_is_not_deleted()
    {
        await RefusedAsync("DELETE FROM domains WHERE id = 1", "1451", "FK_");
        await database.ExecuteAsync("DELETE FROM domains WHERE id = 2");
        await RefusedAsync("DELETE FROM domains WHERE id = 1", "1451", "FK_addresses_domains");
    }

    [MariaDbFact]
    public async Task Two_mailboxes_never_share_a_home_and_a_quota_is_above_zero()
    {
        await database.ExecuteAsync(AddressRow(9, "bob@example.org", "mailbox"));

        await RefusedAsync(MailboxRow(9, home: "home-1"), "1062", "IX_mailboxes_home");
        await RefusedAsync(MailboxRow(9, quota: "0"), "4025", "ck_mailboxes_quota");
        await RefusedAsync(MailboxRow(9, quota: "-1"), "4025", "ck_mailboxes_quota");
        await database.ExecuteAsync(MailboxRow(9, quota: "NULL"));
    }

    [MariaDbFact]
    public Task An_account_is_a_superadmin_or_a_domain_admin() => RefusedAsync(
        $"INSERT INTO accounts (login, kind, password_hash, security_stamp, is_active, {Times}) VALUES ('x', 'owner', 'h', 's', 1, {Now})", "4025", "ck_accounts_kind");

    [MariaDbFact]
    public async Task With_an_address_goes_all_that_hangs_on_it()
    {
        await database.ExecuteAsync("INSERT INTO destinations (address_id, address, local_part, domain_name) VALUES (2, 'x@y.example', 'x', 'y.example')");

        await database.ExecuteAsync("DELETE FROM addresses WHERE id IN (1, 2)");

        Assert.Equal("0\t1\t0\n", await database.ExecuteAsync("SELECT (SELECT COUNT(*) FROM mailboxes), (SELECT COUNT(*) FROM aliases), (SELECT COUNT(*) FROM destinations)"));
    }

    [MariaDbTheory]
    [InlineData("Anna@example.org")]
    [InlineData("anna@example.org ")]
    [InlineData("änna@example.org")]
    [InlineData("ａnna@example.org")]
    public async Task Addresses_are_compared_octet_by_octet(string other)
    {
        await database.ExecuteAsync(AddressRow(9, other, "alias"));

        Assert.Equal("1\n", await database.ExecuteAsync("SELECT COUNT(*) FROM addresses WHERE address = 'anna@example.org'"));
    }

    [MariaDbFact]
    public async Task Every_text_column_compares_octets_but_for_the_names_that_people_read()
    {
        var others = await database.ExecuteAsync(
            """
            SELECT CONCAT(table_name, '.', column_name), collation_name FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name NOT LIKE '\_\_EF%' AND collation_name <> 'utf8mb4_nopad_bin' ORDER BY 1
            """);

        Assert.Equal(
            "aliases.comment\tutf8mb4_unicode_520_nopad_ci\ndomains.description\tutf8mb4_unicode_520_nopad_ci\ndomain_templates.name\tutf8mb4_unicode_520_nopad_ci\nmailboxes.display_name\tutf8mb4_unicode_520_nopad_ci\n",
            others);
    }

    [MariaDbFact]
    public async Task Every_table_is_transactional_and_every_time_has_microseconds()
    {
        Assert.Equal("InnoDB\n", await database.ExecuteAsync("SELECT DISTINCT engine FROM information_schema.tables WHERE table_schema = DATABASE()"));
        Assert.Equal("datetime(6)\n", await database.ExecuteAsync(
            "SELECT DISTINCT column_type FROM information_schema.columns WHERE table_schema = DATABASE() AND data_type IN ('datetime', 'timestamp', 'time')"));
    }

    private static string DomainRow(int id, string name, string kind, string target = "NULL, NULL") =>
        "INSERT INTO domains (id, name, kind, target_id, target_kind, is_active, mailbox_count, alias_count, allocated_quota, "
        + $"{Times}) VALUES ({id}, '{name}', '{kind}', {target}, 1, 0, 0, 0, {Now})";

    private static string AddressRow(int id, string address, string kind) =>
        $"INSERT INTO addresses (id, address, domain_id, kind, is_active) VALUES ({id}, '{address}', 1, '{kind}', 1)";

    private static string MailboxRow(int address, string kind = "mailbox", string? home = null, string quota = "1000") =>
        $"INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, quota_bytes, keeps_copy, {Times}) "
        + $"VALUES ({address}, '{kind}', 'h', UTC_TIMESTAMP(6), '{home ?? $"home-{address}"}', {quota}, 1, {Now})";

    private static string AliasRow(int address, string kind = "alias") => $"INSERT INTO aliases (address_id, kind, {Times}) VALUES ({address}, '{kind}', {Now})";

    private async Task RefusedAsync(string sql, string error, string constraint)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => database.ExecuteAsync(sql));

        Assert.Contains($"ERROR {error} ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(constraint, refused.Message, StringComparison.Ordinal);
    }
}
