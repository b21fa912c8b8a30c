using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class MailboxMapping : IEntityTypeConfiguration<Mailbox>
{
    public void Configure(EntityTypeBuilder<Mailbox> mailbox)
    {
        mailbox.ToTable("mailboxes", table =>
        {
            table.HasCheckConstraint("ck_mailboxes_kind", "kind = 'mailbox'");
            table.HasCheckConstraint("ck_mailboxes_quota", "quota_bytes > 0");
        });
        mailbox.Property(m => m.Kind).AsWord();
        mailbox.Property(m => m.DisplayName).HasMaxLength(255).UseCollation(ColumnConventions.ForPeople);
        mailbox.Property(m => m.PasswordHash).HasMaxLength(512);
        mailbox.Property(m => m.Home).HasMaxLength(255);
        mailbox.HasIndex(m => m.Home).IsUnique();
        mailbox.HasOne(m => m.Entry).WithOne(a => a.Mailbox)
            .HasForeignKey<Mailbox>(m => new { m.AddressId, m.Kind }).HasPrincipalKey<AddressEntry>(a => new { a.Id, a.Kind })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
