using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class MailboxMapping : IEntityTypeConfiguration<Mailbox>
{
    // 40 of the longest networks there are (43 characters) and their commas.
    private const int MaxOfNetworks = 1800;

    public void Configure(EntityTypeBuilder<Mailbox> mailbox)
    {
        mailbox.ToTable("mailboxes", table =>
        {
            table.HasCheckConstraint("ck_mailboxes_kind", "kind = 'mailbox'");
            table.HasCheckConstraint("ck_mailboxes_quota", "quota_bytes > 0");
            table.HasCheckConstraint("ck_mailboxes_spam_from", "spam_from BETWEEN 0 AND 99");
        });
        mailbox.Property(m => m.Kind).AsWord();
        mailbox.Property(m => m.DisplayName).HasMaxLength(255).UseCollation(ColumnConventions.ForPeople);
        mailbox.Property(m => m.PasswordHash).HasMaxLength(512);
        mailbox.Property(m => m.Home).HasMaxLength(255);
        mailbox.HasIndex(m => m.Home).IsUnique();
        // Whose password has become too old since the last look, by the ages that domains allow.
        mailbox.HasIndex(m => m.PasswordChangedAt);
        // The default is for rows that were there before the columns, and for imports that know nothing of them.
        mailbox.Property(m => m.AllowsImap).HasDefaultValue(true).ValueGeneratedNever();
        mailbox.Property(m => m.AllowsPop3).HasDefaultValue(true).ValueGeneratedNever();
        mailbox.Property(m => m.AllowsSmtp).HasDefaultValue(true).ValueGeneratedNever();
        mailbox.Property(m => m.AllowsSieve).HasDefaultValue(true).ValueGeneratedNever();
        mailbox.Property(m => m.AppPasswordsOnly).HasDefaultValue(false).ValueGeneratedNever();
        mailbox.Property(m => m.AllowedNetworks).HasMaxLength(MaxOfNetworks);
        mailbox.Property(m => m.RecoveryAddress).HasMaxLength(EmailAddress.MaxOctets);
        mailbox.Property(m => m.ConfirmedRecoveryAddress).HasMaxLength(EmailAddress.MaxOctets);
        mailbox.HasOne(m => m.Entry).WithOne(a => a.Mailbox)
            .HasForeignKey<Mailbox>(m => new { m.AddressId, m.Kind }).HasPrincipalKey<AddressEntry>(a => new { a.Id, a.Kind })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
