using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class AddressEntryMapping : IEntityTypeConfiguration<AddressEntry>
{
    public void Configure(EntityTypeBuilder<AddressEntry> entry)
    {
        entry.ToTable("addresses", table =>
        {
            table.HasCheckConstraint("ck_addresses_kind", "(kind = 'recycled' OR (kind = 'catch_all') = (address LIKE '@%')) AND kind IN ('mailbox', 'alias', 'catch_all', 'relay_recipient', 'recycled')");
            // What every lookup table asks for: with it none needs to know of the recycle bin.
            table.HasCheckConstraint("ck_addresses_recycled", "kind <> 'recycled' OR is_active = 0");
            table.HasCheckConstraint("ck_addresses_group", "is_group = 0 OR kind IN ('alias', 'recycled')");
            table.HasCheckConstraint("ck_addresses_dates", "active_until > active_from");
        });
        entry.Property(a => a.Address).HasMaxLength(EmailAddress.MaxOctets);
        entry.HasIndex(a => a.Address).IsUnique();
        entry.Property(a => a.Kind).AsWord();
        entry.Property(a => a.IsInternal).HasDefaultValue(false);
        entry.Property(a => a.MembersMaySend).HasDefaultValue(false);
        entry.Property(a => a.IsGroup).HasDefaultValue(false);
        entry.HasAlternateKey(a => new { a.Id, a.Kind });
        entry.HasOne(a => a.Domain).WithMany().HasForeignKey(a => a.DomainId).OnDelete(DeleteBehavior.Restrict);
        // The lists of a domain and of everything: both walk one index in order.
        entry.HasIndex(a => new { a.DomainId, a.Kind, a.Address });
        entry.HasIndex(a => new { a.Kind, a.Address });
        // "Which groups is this mailbox in": the few of its domain.
        entry.HasIndex(a => new { a.IsGroup, a.DomainId });
        // The same lists by when things were added.
        entry.HasIndex(a => new { a.DomainId, a.Kind, a.Id });
        entry.HasIndex(a => new { a.Kind, a.Id });
        // What is switched off, waits for its time or is at its end: few of many.
        entry.HasIndex(a => new { a.Kind, a.IsActive });
        entry.HasIndex(a => new { a.Kind, a.ActiveFrom });
        entry.HasIndex(a => new { a.Kind, a.ActiveUntil });
    }
}

internal sealed class DestinationMapping : IEntityTypeConfiguration<Destination>
{
    public void Configure(EntityTypeBuilder<Destination> destination)
    {
        destination.ToTable("destinations");
        destination.HasKey(d => new { d.AddressId, d.Address });
        destination.Property(d => d.Address).HasMaxLength(EmailAddress.MaxOctets);
        destination.Property(d => d.LocalPart).HasMaxLength(LocalPart.MaxOctets);
        destination.Property(d => d.DomainName).HasMaxLength(DomainName.MaxOctets);
        destination.HasIndex(d => d.Address);
        // "What forwards into this domain", asked before a domain is deleted.
        destination.HasIndex(d => d.DomainName);
        destination.HasOne(d => d.Entry).WithMany(a => a.Destinations).HasForeignKey(d => d.AddressId).OnDelete(DeleteBehavior.Cascade);
    }
}
