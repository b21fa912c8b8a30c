using System.Buffers.Text;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class PasskeyMapping : IEntityTypeConfiguration<Passkey>
{
    private const int DigestLength = 64;

    /// <summary>All words that WebAuthn knows, and room for more.</summary>
    private const int TransportsLength = 100;

    public void Configure(EntityTypeBuilder<Passkey> passkey)
    {
        passkey.ToTable("passkeys");
        passkey.Property(p => p.Name).HasMaxLength(Passkey.MaxName);
        passkey.Property(p => p.CredentialId).HasMaxLength(Base64Url.GetEncodedLength(Passkey.MaxCredentialIdOctets));
        passkey.Property(p => p.CredentialDigest).HasMaxLength(DigestLength).IsFixedLength();
        passkey.Property(p => p.PublicKey).HasMaxLength(Base64Url.GetEncodedLength(Passkey.MaxPublicKeyOctets));
        passkey.Property(p => p.Transports).HasMaxLength(TransportsLength);
        passkey.HasIndex(p => p.CredentialDigest).IsUnique();
        passkey.HasIndex(p => p.AccountId);
        passkey.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}
