using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

// No foreign keys on what Dovecot writes: a session that is still open may write after its mailbox has gone, and its
// error would help nobody.
internal sealed class MailboxUsageMapping : IEntityTypeConfiguration<MailboxUsage>
{
    public void Configure(EntityTypeBuilder<MailboxUsage> usage)
    {
        usage.ToTable("mailbox_usage");
        usage.HasKey(u => u.Address);
        usage.Property(u => u.Address).HasMaxLength(EmailAddress.MaxOctets);
        // Dovecot may write one of them alone.
        usage.Property(u => u.Bytes).HasDefaultValue(0L).ValueGeneratedNever();
        usage.Property(u => u.Messages).HasDefaultValue(0L).ValueGeneratedNever();
    }
}

internal sealed class MailboxLoginMapping : IEntityTypeConfiguration<MailboxLogin>
{
    private const int ServiceLength = 16;

    public void Configure(EntityTypeBuilder<MailboxLogin> login)
    {
        login.ToTable("mailbox_logins");
        login.HasKey(l => new { l.Address, l.Service });
        login.Property(l => l.Address).HasMaxLength(EmailAddress.MaxOctets);
        login.Property(l => l.Service).HasMaxLength(ServiceLength);
    }
}

internal sealed class DomainUsageMapping : IEntityTypeConfiguration<DomainUsage>
{
    public void Configure(EntityTypeBuilder<DomainUsage> usage)
    {
        usage.ToTable("domain_usage");
        usage.HasKey(u => u.DomainId);
        usage.Property(u => u.DomainId).ValueGeneratedNever();
        usage.HasOne<MailDomain>().WithOne(d => d.Usage).HasForeignKey<DomainUsage>(u => u.DomainId).OnDelete(DeleteBehavior.Cascade);
    }
}
