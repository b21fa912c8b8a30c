using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class DomainDayMapping : IEntityTypeConfiguration<DomainDay>
{
    public void Configure(EntityTypeBuilder<DomainDay> day)
    {
        day.ToTable("domain_days");
        day.HasKey(d => new { d.DomainId, d.Day });
        day.HasOne<MailDomain>().WithMany().HasForeignKey(d => d.DomainId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class TotalDayMapping : IEntityTypeConfiguration<TotalDay>
{
    public void Configure(EntityTypeBuilder<TotalDay> day)
    {
        day.ToTable("total_days");
        day.HasKey(d => d.Day);
    }
}
