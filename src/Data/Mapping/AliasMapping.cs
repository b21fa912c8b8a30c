using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class AliasMapping : IEntityTypeConfiguration<Alias>
{
    public void Configure(EntityTypeBuilder<Alias> alias)
    {
        alias.ToTable("aliases", table => table.HasCheckConstraint("ck_aliases_kind", "kind IN ('alias', 'catch_all')"));
        alias.Property(a => a.Kind).AsWord();
        alias.Property(a => a.IsRole).HasDefaultValue(false);
        alias.HasIndex(a => a.OwnerAddressId);
        alias.Property(a => a.Comment).HasMaxLength(255).UseCollation(ColumnConventions.ForPeople);
        alias.HasOne(a => a.Entry).WithOne(e => e.Alias)
            .HasForeignKey<Alias>(a => new { a.AddressId, a.Kind }).HasPrincipalKey<AddressEntry>(e => new { e.Id, e.Kind })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
