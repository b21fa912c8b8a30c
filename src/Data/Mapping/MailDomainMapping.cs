using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class MailDomainMapping : IEntityTypeConfiguration<MailDomain>
{
    private const int MaxWelcome = 4000;

    public void Configure(EntityTypeBuilder<MailDomain> domain)
    {
        domain.ToTable("domains", table =>
        {
            table.HasCheckConstraint("ck_domains_kind", "kind IN ('hosted', 'alias', 'relay', 'recycled')");
            table.HasCheckConstraint("ck_domains_recycled", "kind <> 'recycled' OR is_active = 0");
            table.HasCheckConstraint(
                "ck_domains_transport",
                "transport IN ('lmtp', 'error', 'smtp', 'mx') AND (kind = 'relay') = (transport IN ('smtp', 'mx')) AND (kind IN ('hosted', 'recycled') OR transport <> 'error')");
            table.HasCheckConstraint(
                "ck_domains_next_hop",
                "(transport = 'smtp') = (transport_host IS NOT NULL) AND (transport_host IS NULL) = (transport_port IS NULL)");
            table.HasCheckConstraint("ck_domains_target", "(kind = 'alias') = (target_id IS NOT NULL) AND (target_id IS NULL) = (target_kind IS NULL)");
            table.HasCheckConstraint("ck_domains_target_kind", "target_kind = 'hosted'");
            table.HasCheckConstraint("ck_domains_dmarc_step", "dmarc_step IN ('none', 'quarantine_test', 'quarantine', 'reject_test', 'reject')");
            table.HasCheckConstraint("ck_domains_mta_sts", "mta_sts IN ('none', 'testing', 'enforce')");
            table.HasCheckConstraint("ck_domains_mailbox_quota_limit", "mailbox_quota_limit > 0");
            table.HasCheckConstraint("ck_domains_dkim_rotation_months", "dkim_rotation_months > 0");
            table.HasCheckConstraint("ck_domains_password_max_age_days", "password_max_age_days > 0");
            table.HasCheckConstraint("ck_domains_password_min_length", "password_min_length > 0");
            table.HasCheckConstraint("ck_domains_own_alias_limit", "own_alias_limit >= 0");
        });
        domain.Property(d => d.Name).AsDomainName();
        domain.HasIndex(d => d.Name).IsUnique();
        domain.Property(d => d.Kind).AsWord();
        domain.Property(d => d.TargetKind).AsWord();
        domain.Property(d => d.Transport).AsWord().HasDefaultValue(DomainTransport.Lmtp);
        domain.Property(d => d.DmarcStep).AsWord().HasDefaultValue(DmarcStep.None);
        domain.Property(d => d.MtaSts).AsWord();
        domain.Ignore(d => d.NextHop);
        domain.Ignore(d => d.RefusesMail);
        domain.Property(d => d.TransportHost).HasMaxLength(DomainName.MaxOctets);
        domain.Property(d => d.Description).HasMaxLength(255).UseCollation(ColumnConventions.ForPeople);
        domain.Property(d => d.WelcomeLanguage).HasMaxLength(ColumnConventions.MaxLanguage);
        domain.Property(d => d.WelcomeText).HasMaxLength(MaxWelcome);
        domain.Property(d => d.AllowsOvercommit).HasDefaultValue(false);
        // Domains of before grant what owners already did.
        domain.Property(d => d.OwnerRights).HasDefaultValue(OwnerRights.Usual).HasSentinel(OwnerRights.Usual);
        domain.Property(d => d.OwnersNeedSecondFactor).HasDefaultValue(false);
        domain.Property(d => d.DnsShareSeries).HasDefaultValue(0);
        domain.HasAlternateKey(d => new { d.Id, d.Kind });
        domain.HasOne(d => d.Target).WithMany(d => d.AliasDomains)
            .HasForeignKey(d => new { d.TargetId, d.TargetKind }).HasPrincipalKey(d => new { d.Id, d.Kind })
            .OnDelete(DeleteBehavior.Restrict);
        domain.HasIndex(d => new { d.Kind, d.Name });
        // What the list of domains is ordered by; InnoDB adds the id.
        domain.HasIndex(d => new { d.Kind, d.MailboxCount });
        domain.HasIndex(d => new { d.Kind, d.AliasCount });
        domain.HasIndex(d => new { d.Kind, d.AllocatedQuota });
        domain.HasIndex(d => d.PasswordMaxAgeDays);
    }
}

internal sealed class DomainTagMapping : IEntityTypeConfiguration<DomainTag>
{
    public void Configure(EntityTypeBuilder<DomainTag> tag)
    {
        tag.ToTable("domain_tags");
        tag.HasKey(t => new { t.DomainId, t.Name });
        tag.Property(t => t.Name).HasMaxLength(TagList.MaxLength);
        // "The domains with this tag", and every tag there is.
        tag.HasIndex(t => t.Name);
        tag.HasOne<MailDomain>().WithMany(d => d.Tags).HasForeignKey(t => t.DomainId).OnDelete(DeleteBehavior.Cascade);
    }
}
