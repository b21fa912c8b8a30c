using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class DomainTemplateMapping : IEntityTypeConfiguration<DomainTemplate>
{
    private const int MaxName = 64;

    public void Configure(EntityTypeBuilder<DomainTemplate> template)
    {
        template.ToTable("domain_templates");
        template.Property(t => t.Name).HasMaxLength(MaxName).UseCollation(ColumnConventions.ForPeople);
        template.HasIndex(t => t.Name).IsUnique();
    }
}
