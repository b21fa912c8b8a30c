using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class NoticeMapping : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> notice)
    {
        notice.ToTable("notices");
        notice.Property(n => n.Kind).AsWord();
        // Whoever goes is told nothing any more.
        notice.HasOne(n => n.Mailbox).WithMany().HasForeignKey(n => n.MailboxId).OnDelete(DeleteBehavior.Cascade);
        notice.HasIndex(n => new { n.MailboxId, n.Kind }).IsUnique();
        notice.HasIndex(n => n.DueAt);
        notice.Property(n => n.Refusal).HasMaxLength(Notice.MaxRefusal);
    }
}
