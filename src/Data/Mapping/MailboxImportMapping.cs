using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class MailboxImportMapping : IEntityTypeConfiguration<MailboxImport>
{
    public void Configure(EntityTypeBuilder<MailboxImport> import)
    {
        import.ToTable("imports");
        import.Property(i => i.UnusedColumns).HasMaxLength(1000);
        import.HasOne<Account>().WithMany().HasForeignKey(i => i.AccountId).OnDelete(DeleteBehavior.Cascade);
        import.HasOne<Job>().WithOne().HasForeignKey<MailboxImport>(i => i.JobId).OnDelete(DeleteBehavior.Cascade);
        import.HasIndex(i => i.ExpiresAt);
    }
}

internal sealed class MailboxImportBlockMapping : IEntityTypeConfiguration<MailboxImportBlock>
{
    public void Configure(EntityTypeBuilder<MailboxImportBlock> block)
    {
        block.ToTable("import_blocks");
        block.HasKey(b => new { b.ImportId, b.Number });
        block.Property(b => b.Number).ValueGeneratedNever();
        block.Property(b => b.Lines).HasColumnType("longtext");
        block.HasOne<MailboxImport>().WithMany().HasForeignKey(b => b.ImportId).OnDelete(DeleteBehavior.Cascade);
    }
}
