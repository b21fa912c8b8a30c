using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class PanelSessionMapping : IEntityTypeConfiguration<PanelSession>
{
    public void Configure(EntityTypeBuilder<PanelSession> session)
    {
        session.ToTable("panel_sessions");
        session.Property(s => s.Stamp).HasMaxLength(128);
        // For the rows of before.
        session.Property(s => s.HasSecondFactor).HasDefaultValue(false);
        session.Property(s => s.Source).HasMaxLength(MailboxSignInMapping.AddressLength);
        session.Property(s => s.Browser).HasMaxLength(PanelSession.MaxBrowser);
        // What is too old is found by it.
        session.HasIndex(s => s.LastSeenAt);
        session.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RoleRuleMapping : IEntityTypeConfiguration<RoleRule>
{
    public void Configure(EntityTypeBuilder<RoleRule> rule)
    {
        rule.ToTable("role_rules");
        rule.HasKey(r => r.Kind);
        rule.Property(r => r.Kind).AsWord();
    }
}
