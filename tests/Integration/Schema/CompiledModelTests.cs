using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Schema;

/// <summary>The compiled model at work: converters, concurrency tokens, keys and relations are those of the model.</summary>
public sealed class CompiledModelTests(PanelDatabase database) : IClassFixture<PanelDatabase>
{
    [MariaDbFact]
    public async Task A_mailbox_is_saved_found_changed_and_deleted_through_it()
    {
        await using (var db = database.Open(useCompiledModel: true))
        {
            Assert.IsAssignableFrom<Microsoft.EntityFrameworkCore.Metadata.RuntimeModel>(db.Model);
            var domain = new MailDomain { Name = DomainName.Parse("compiled.example"), Description = "Ü" };
            db.Mailboxes.Add(new Mailbox
            {
                Entry = new AddressEntry { Address = "anna@compiled.example", Domain = domain, Kind = AddressKind.Mailbox },
                PasswordHash = "{X}y", Home = "a/b", QuotaBytes = 1_000_000, PasswordChangedAt = db.UtcNow,
            });
            await db.SaveChangesAsync();
            db.Domains.Add(new MailDomain { Name = DomainName.Parse("alias.example"), Kind = DomainKind.Alias, TargetId = domain.Id, TargetKind = DomainKind.Hosted });
            await db.SaveChangesAsync();
        }
        Assert.Equal("alias.example\talias\thosted\ncompiled.example\thosted\tNULL\n", await database.ExecuteAsync("SELECT name, kind, target_kind FROM domains ORDER BY name"));

        await using (var db = database.Open(useCompiledModel: true))
        {
            var name = DomainName.Parse("compiled.example");
            var mailbox = await db.Mailboxes.Include(m => m.Entry!.Domain).SingleAsync(m => m.Entry!.Domain!.Name == name && m.Entry.Kind == AddressKind.Mailbox);
            Assert.Equal(("compiled.example", 1L, DateTimeKind.Utc), (mailbox.Entry!.Domain!.Name.Value, mailbox.Version, mailbox.CreatedAt.Kind));
            Assert.Equal(name, (await db.Domains.Include(d => d.Target).SingleAsync(d => d.Kind == DomainKind.Alias)).Target!.Name);

            await database.ExecuteAsync("UPDATE mailboxes SET version = 2");
            mailbox.QuotaBytes = 5;
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
        }

        await using (var db = database.Open(useCompiledModel: true))
        {
            db.Remove(await db.Addresses.SingleAsync());
            await db.SaveChangesAsync();
        }
        Assert.Equal("0\n", await database.ExecuteAsync("SELECT COUNT(*) FROM mailboxes"));
    }

    [MariaDbFact]
    public async Task Domain_names_are_listed_by_key_searched_by_prefix_and_picked_from_a_list()
    {
        await using var db = database.Open(useCompiledModel: true);
        foreach (var name in new[] { "a.key.example", "b.key.example", "c.key.example" }) db.Domains.Add(new MailDomain { Name = DomainName.Parse(name) });
        await db.SaveChangesAsync();
        var (first, prefix) = (DomainName.Parse("a.key.example"), "b.k");
        IReadOnlyList<DomainName> some = [first, DomainName.Parse("c.key.example"), DomainName.Parse("z.key.example")];

        var after = db.Domains.Where(d => d.Name.CompareTo(first) > 0 && ((string)(object)d.Name).EndsWith("key.example")).OrderBy(d => d.Name).Select(d => d.Name);
        Assert.Equal(["b.key.example", "c.key.example"], (await after.ToListAsync()).Select(n => n.Value));
        Assert.Contains("`name` > @", after.ToQueryString(), StringComparison.Ordinal);
        Assert.Equal("b.key.example", (await db.Domains.SingleAsync(d => ((string)(object)d.Name).StartsWith(prefix))).Name.Value);
        Assert.Equal(2, await db.Domains.CountAsync(d => some.Contains(d.Name)));

        await database.ExecuteAsync("DELETE FROM domains WHERE name LIKE '%.key.example'");
    }
}
