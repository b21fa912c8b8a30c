using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class DomainDnsCheckMapping : IEntityTypeConfiguration<DomainDnsCheck>
{
    public void Configure(EntityTypeBuilder<DomainDnsCheck> check)
    {
        check.ToTable("domain_dns_checks");
        check.HasKey(c => c.DomainId);
        check.Property(c => c.DomainId).ValueGeneratedNever();
        check.Property(c => c.Content).HasColumnType("longtext");
        check.HasOne<MailDomain>().WithOne(d => d.DnsCheck).HasForeignKey<DomainDnsCheck>(c => c.DomainId).OnDelete(DeleteBehavior.Cascade);
        // The overview counts those that are wrong, and the watch takes the oldest.
        check.HasIndex(c => c.WrongCount);
        check.HasIndex(c => c.CheckedAt);
    }
}
