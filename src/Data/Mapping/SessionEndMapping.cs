using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class SessionEndMapping : IEntityTypeConfiguration<SessionEnd>
{
    public void Configure(EntityTypeBuilder<SessionEnd> end)
    {
        end.ToTable("session_ends");
        end.Property(e => e.Mask).HasMaxLength(SessionMask.MaxOctets);
        // Where an agent begins, and what is old.
        end.HasIndex(e => e.At);
    }
}
