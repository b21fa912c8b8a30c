using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class AuditSealMapping : IEntityTypeConfiguration<AuditSeal>
{
    // A key id, a colon and a digest.
    private const int MarkLength = 160;

    public void Configure(EntityTypeBuilder<AuditSeal> seal)
    {
        seal.ToTable("audit_seals");
        seal.HasKey(s => s.Number);
        seal.Property(s => s.Number).ValueGeneratedNever();
        seal.Property(s => s.Entries).HasColumnType("longblob");
        seal.Property(s => s.Previous).HasMaxLength(AuditChain.DigestLength);
        seal.Property(s => s.Digest).HasMaxLength(AuditChain.DigestLength);
        seal.Property(s => s.Mark).HasMaxLength(MarkLength);
        seal.HasIndex(s => s.SealedAt);
    }
}
