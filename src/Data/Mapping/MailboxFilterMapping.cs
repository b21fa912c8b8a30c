using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class MailboxFilterMapping : IEntityTypeConfiguration<MailboxFilter>
{
    public void Configure(EntityTypeBuilder<MailboxFilter> filter)
    {
        filter.ToTable("mailbox_filters");
        filter.Property(f => f.Name).HasMaxLength(MailboxFilter.MaxName);
        filter.Property(f => f.Rule).HasColumnType("longtext");
        filter.HasIndex(f => new { f.MailboxId, f.Position });
        filter.HasOne(f => f.Mailbox).WithMany(m => m.Filters).HasForeignKey(f => f.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }
}
