using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.ToTable("accounts", table =>
        {
            table.HasCheckConstraint("ck_accounts_kind", "kind IN ('superadmin', 'domain_admin', 'mailbox_owner')");
            // An owner has the mailbox's address and password, everybody else a login and a password of their own.
            table.HasCheckConstraint(
                "ck_accounts_owner",
                "IF(kind = 'mailbox_owner', mailbox_id IS NOT NULL AND login IS NULL AND password_hash IS NULL, mailbox_id IS NULL AND login IS NOT NULL AND password_hash IS NOT NULL)");
        });
        account.HasOne(a => a.Mailbox).WithOne().HasForeignKey<Account>(a => a.MailboxId).OnDelete(DeleteBehavior.Cascade);
        account.Property(a => a.Login).HasMaxLength(254);
        account.HasIndex(a => a.Login).IsUnique();
        account.Property(a => a.Kind).AsWord();
        account.Property(a => a.PasswordHash).HasMaxLength(512);
        account.Property(a => a.SecurityStamp).HasMaxLength(64);
        account.Property(a => a.TellsOfNewNetworks).HasDefaultValue(false);
        account.Property(a => a.Language).HasMaxLength(ColumnConventions.MaxLanguage);
    }
}

internal sealed class DomainAdminMapping : IEntityTypeConfiguration<DomainAdmin>
{
    public void Configure(EntityTypeBuilder<DomainAdmin> admin)
    {
        admin.ToTable("domain_admins");
        admin.HasKey(a => new { a.AccountId, a.DomainId });
        // For the rows of before: whoever was assigned a domain keeps what that meant.
        admin.Property(a => a.Permissions).HasDefaultValue(DomainPermissions.Usual).HasSentinel(DomainPermissions.Usual);
        admin.HasOne(a => a.Account).WithMany(a => a.Domains).HasForeignKey(a => a.AccountId).OnDelete(DeleteBehavior.Cascade);
        admin.HasOne(a => a.Domain).WithMany(d => d.Admins).HasForeignKey(a => a.DomainId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SignInBudgetMapping : IEntityTypeConfiguration<SignInBudget>
{
    public void Configure(EntityTypeBuilder<SignInBudget> budget)
    {
        budget.ToTable("sign_in_budgets");
        budget.HasKey(b => b.Bucket);
        budget.Property(b => b.Bucket).HasMaxLength(64);
        budget.HasIndex(b => b.WindowStart);
    }
}

internal sealed class MailGuessMapping : IEntityTypeConfiguration<MailGuess>
{
    public void Configure(EntityTypeBuilder<MailGuess> guess)
    {
        guess.ToTable("mail_guesses");
        guess.HasKey(g => new { g.Bucket, g.Guess });
        guess.Property(g => g.Bucket).HasMaxLength(64);
        guess.Property(g => g.Guess).HasMaxLength(64);
        guess.HasIndex(g => g.SeenAt);
    }
}

internal sealed class SetupTokenMapping : IEntityTypeConfiguration<SetupToken>
{
    public void Configure(EntityTypeBuilder<SetupToken> token)
    {
        token.ToTable("setup_tokens");
        token.HasKey(t => t.Digest);
        token.Property(t => t.Digest).HasMaxLength(64);
    }
}
