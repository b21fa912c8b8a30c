using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class AppPasswordMapping : IEntityTypeConfiguration<AppPassword>
{
    private const int DigestLength = 64;

    public void Configure(EntityTypeBuilder<AppPassword> password)
    {
        password.ToTable("app_passwords");
        password.Property(p => p.Name).HasMaxLength(AppPassword.MaxName);
        password.Property(p => p.Digest).HasMaxLength(DigestLength).IsFixedLength();
        password.Property(p => p.LastUsedService).HasMaxLength(MailboxSignInMapping.ServiceLength);
        password.Property(p => p.LastUsedFrom).HasMaxLength(MailboxSignInMapping.AddressLength);
        // Dovecot's one lookup.
        password.HasIndex(p => new { p.MailboxId, p.Digest }).IsUnique();
        password.HasOne(p => p.Mailbox).WithMany().HasForeignKey(p => p.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }
}
