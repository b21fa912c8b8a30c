using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class SendAsGrantMapping : IEntityTypeConfiguration<SendAsGrant>
{
    public void Configure(EntityTypeBuilder<SendAsGrant> grant)
    {
        grant.ToTable("send_as_grants");
        grant.HasKey(g => new { g.MailboxId, g.Address });
        grant.Property(g => g.Address).HasMaxLength(EmailAddress.MaxOctets);
        // Postfix asks by address.
        grant.HasIndex(g => g.Address);
        grant.HasOne<Mailbox>().WithMany().HasForeignKey(g => g.MailboxId).OnDelete(DeleteBehavior.Cascade);
        grant.HasOne<MailDomain>().WithMany().HasForeignKey(g => g.DomainId).OnDelete(DeleteBehavior.Cascade);
    }
}
