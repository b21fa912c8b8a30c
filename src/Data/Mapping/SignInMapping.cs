using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class MailboxSignInMapping : IEntityTypeConfiguration<MailboxSignIn>
{
    internal const int ServiceLength = 16;

    /// <summary>The longest IPv6 network: "ffff:ffff:ffff:ffff::/64" is shorter than a whole address.</summary>
    internal const int AddressLength = 45;

    public void Configure(EntityTypeBuilder<MailboxSignIn> signIn)
    {
        signIn.ToTable("mailbox_sign_ins");
        signIn.HasKey(s => new { s.MailboxId, s.Service, s.RemoteAddress });
        signIn.Property(s => s.Service).HasMaxLength(ServiceLength);
        signIn.Property(s => s.RemoteAddress).HasMaxLength(AddressLength);
        // What is too old is found by it.
        signIn.HasIndex(s => s.LastAt);
        signIn.HasOne<Mailbox>().WithMany().HasForeignKey(s => s.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RefusedSignInMapping : IEntityTypeConfiguration<RefusedSignIn>
{
    public void Configure(EntityTypeBuilder<RefusedSignIn> signIn)
    {
        signIn.ToTable("refused_sign_ins");
        signIn.HasKey(s => new { s.MailboxId, s.Service, s.Day });
        signIn.Property(s => s.Service).HasMaxLength(MailboxSignInMapping.ServiceLength);
        signIn.Property(s => s.RemoteAddress).HasMaxLength(MailboxSignInMapping.AddressLength);
        signIn.HasIndex(s => s.Day);
        signIn.HasOne<Mailbox>().WithMany().HasForeignKey(s => s.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }
}
