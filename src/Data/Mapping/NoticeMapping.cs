using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class MailLinkMapping : IEntityTypeConfiguration<MailLink>
{
    public void Configure(EntityTypeBuilder<MailLink> link)
    {
        link.ToTable("mail_links");
        link.Property(l => l.Kind).AsWord();
        link.Property(l => l.Address).HasMaxLength(EmailAddress.MaxOctets);
        link.HasOne(l => l.Mailbox).WithMany().HasForeignKey(l => l.MailboxId).OnDelete(DeleteBehavior.Cascade);
        link.HasIndex(l => new { l.MailboxId, l.Kind }).IsUnique();
    }
}

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
        notice.Property(n => n.Detail).HasMaxLength(Notice.MaxDetail);
        notice.Property(n => n.Refusal).HasMaxLength(Notice.MaxRefusal);
    }
}
