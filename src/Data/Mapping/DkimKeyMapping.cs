using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class DkimKeyMapping : IEntityTypeConfiguration<DkimKey>
{
    // RSA of 4096 bits: 736 characters of a public key, some 3,300 of a sealed private one.
    private const int MaxPublicKey = 1024;
    private const int MaxSealed = 8192;

    public void Configure(EntityTypeBuilder<DkimKey> key)
    {
        key.ToTable("dkim_keys");
        key.Property(k => k.Selector).HasMaxLength(DkimKey.MaxSelector);
        key.Property(k => k.Algorithm).AsWord();
        key.Property(k => k.State).AsWord();
        key.Property(k => k.PublicKey).HasMaxLength(MaxPublicKey);
        key.Property(k => k.SealedPrivateKey).HasMaxLength(MaxSealed);
        key.Property(k => k.Sightings).HasColumnType("longtext");
        // Goes into the recycle bin with its domain, and comes back with it.
        key.HasOne(k => k.Domain).WithMany(d => d.DkimKeys).HasForeignKey(k => k.DomainId).OnDelete(DeleteBehavior.Cascade);
        key.HasIndex(k => new { k.DomainId, k.Selector }).IsUnique();
        // An apply reads those that sign, and the watch those that wait.
        key.HasIndex(k => new { k.State, k.CheckedAt });
    }
}
