using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class RecycledItemMapping : IEntityTypeConfiguration<RecycledItem>
{
    public void Configure(EntityTypeBuilder<RecycledItem> item)
    {
        item.ToTable("recycled_items");
        item.Property(i => i.Kind).AsWord();
        item.Property(i => i.Name).HasMaxLength(EmailAddress.MaxOctets);
        item.Property(i => i.Home).HasMaxLength(255);
        item.Property(i => i.DeletedBy).HasMaxLength(254);
        item.HasIndex(i => i.Name);
        item.HasIndex(i => i.OwnerId);
        item.HasIndex(i => i.Home);
        item.HasIndex(i => i.DeletedAt);
        item.HasIndex(i => i.AddressId).IsUnique();
        item.HasOne(i => i.Domain).WithMany().HasForeignKey(i => i.DomainId).OnDelete(DeleteBehavior.Restrict);
        // Releasing an address deletes its row, and nothing else.
        item.HasOne<AddressEntry>().WithOne().HasForeignKey<RecycledItem>(i => i.AddressId).OnDelete(DeleteBehavior.SetNull);
        item.HasOne<RecycledItem>().WithMany().HasForeignKey(i => i.ParentId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RecycledRowMapping : IEntityTypeConfiguration<RecycledRow>
{
    private const int NameLength = 64;

    public void Configure(EntityTypeBuilder<RecycledRow> row)
    {
        row.ToTable("recycled_rows");
        row.Property(r => r.TableName).HasMaxLength(NameLength);
        row.Property(r => r.Content).HasColumnType("longtext");
        row.HasIndex(r => new { r.ItemId, r.TableName });
        row.HasOne<RecycledItem>().WithMany().HasForeignKey(r => r.ItemId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PurgeMapping : IEntityTypeConfiguration<Purge>
{
    public void Configure(EntityTypeBuilder<Purge> purge)
    {
        purge.ToTable("purges");
        purge.Property(p => p.Home).HasMaxLength(255);
        purge.HasIndex(p => p.Home).IsUnique();
        purge.Property(p => p.Name).HasMaxLength(EmailAddress.MaxOctets);
        purge.Property(p => p.RequestedBy).HasMaxLength(254);
    }
}
