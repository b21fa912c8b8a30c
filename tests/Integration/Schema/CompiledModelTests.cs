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
}
