using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class MailboxFiguresMapping : IEntityTypeConfiguration<MailboxFigures>
{
    public void Configure(EntityTypeBuilder<MailboxFigures> figures)
    {
        figures.ToTable("mailbox_figures");
        figures.HasKey(f => f.AddressId);
        figures.Property(f => f.AddressId).ValueGeneratedNever();
        // Each order, over everything and within one domain; InnoDB adds the primary key, which parts equal ones.
        figures.HasIndex(f => f.Fullness);
        figures.HasIndex(f => new { f.DomainId, f.Fullness });
        figures.HasIndex(f => f.LastSignIn);
        figures.HasIndex(f => new { f.DomainId, f.LastSignIn });
        figures.HasIndex(f => f.PasswordExpiresAt);
        figures.HasIndex(f => new { f.DomainId, f.PasswordExpiresAt });
        figures.HasOne<AddressEntry>().WithOne(a => a.Figures).HasForeignKey<MailboxFigures>(f => f.AddressId).OnDelete(DeleteBehavior.Cascade);
    }
}
