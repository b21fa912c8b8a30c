using AdminPanel.Data.Addresses;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Lists with more rows than a page shows.</summary>
public abstract class ManyRowsTest(OperationsDatabase database) : OperationsTest(database)
{
    protected static readonly DomainName Domain = DomainName.Parse("example.org");

    protected async Task ManyMailboxesAsync(int count)
    {
        var id = await DomainAsync("example.org");
        await Database.Server.ExecuteAsync(
            $"""
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('box', LPAD(seq, 5, '0'), '@example.org'), {id}, 'mailbox', 1 FROM seq_1_to_{count};
            INSERT INTO mailboxes (address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at)
              SELECT id, kind, 'x', UTC_TIMESTAMP(6), id, 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses;
            INSERT INTO mailbox_figures (address_id, domain_id, fullness, last_sign_in) SELECT id, domain_id, id % 1000, id % 7 FROM addresses;
            UPDATE domains SET mailbox_count = {count};
            """, Database.Name);
    }

    /// <summary>A catch-all in each domain d01.example ..., and in the first one aliases that stand before them in order of address, and behind.</summary>
    protected Task<string> ManyAliasesAsync(int domains, int before, int after) => Database.Server.ExecuteAsync(
        $"""
        INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
          SELECT CONCAT('d', LPAD(seq, LENGTH('{domains}'), '0'), '.example'), 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM seq_1_to_{domains};
        SELECT MIN(id) INTO @first FROM domains WHERE name LIKE 'd%.example';
        INSERT INTO addresses (address, domain_id, kind, is_active)
          SELECT CONCAT('@', name), id, 'catch_all', 1 FROM domains WHERE name LIKE 'd%.example' UNION ALL
          SELECT CONCAT(LPAD(seq, 5, '0'), '@d01.example'), @first, 'alias', 1 FROM seq_1_to_{before} UNION ALL
          SELECT CONCAT('u', LPAD(seq, 5, '0'), '@d01.example'), @first, 'alias', 1 FROM seq_1_to_{after};
        INSERT INTO aliases (address_id, kind, version, created_at, updated_at)
          SELECT id, kind, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses WHERE kind <> 'mailbox';
        INSERT INTO destinations (address_id, address, local_part, domain_name)
          SELECT id, CONCAT(n.seq, '@x.example'), n.seq, 'x.example' FROM addresses, seq_1_to_2 n WHERE kind <> 'mailbox';
        """, Database.Name);
}
