using AdminPanel.Data.Mapping;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Data;

/// <summary>The panel's schema, and the unit of work.</summary>
public sealed class AdminDb(DbContextOptions<AdminDb> options, TimeProvider clock) : DbContext(options)
{
    public DbSet<MailDomain> Domains => Set<MailDomain>();

    public DbSet<DomainTag> DomainTags => Set<DomainTag>();

    public DbSet<DomainTemplate> DomainTemplates => Set<DomainTemplate>();

    public DbSet<AddressEntry> Addresses => Set<AddressEntry>();

    public DbSet<Mailbox> Mailboxes => Set<Mailbox>();

    public DbSet<Alias> Aliases => Set<Alias>();

    public DbSet<Destination> Destinations => Set<Destination>();

    public DbSet<MailboxUsage> MailboxUsages => Set<MailboxUsage>();

    public DbSet<MailboxLogin> MailboxLogins => Set<MailboxLogin>();

    public DbSet<MailboxSignIn> MailboxSignIns => Set<MailboxSignIn>();

    public DbSet<RefusedSignIn> RefusedSignIns => Set<RefusedSignIn>();

    public DbSet<MailboxFigures> MailboxFigures => Set<MailboxFigures>();

    public DbSet<DomainDay> DomainDays => Set<DomainDay>();

    public DbSet<TotalDay> TotalDays => Set<TotalDay>();

    public DbSet<DomainUsage> DomainUsages => Set<DomainUsage>();

    public DbSet<DomainDnsCheck> DomainDnsChecks => Set<DomainDnsCheck>();

    public DbSet<SessionEnd> SessionEnds => Set<SessionEnd>();

    public DbSet<SendAsGrant> SendAsGrants => Set<SendAsGrant>();

    public DbSet<DkimKey> DkimKeys => Set<DkimKey>();

    public DbSet<RecycledItem> RecycledItems => Set<RecycledItem>();

    public DbSet<RecycledRow> RecycledRows => Set<RecycledRow>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<MailLink> MailLinks => Set<MailLink>();

    public DbSet<Vacation> Vacations => Set<Vacation>();

    public DbSet<MailboxFilter> MailboxFilters => Set<MailboxFilter>();

    public DbSet<MailboxScript> MailboxScripts => Set<MailboxScript>();

    public DbSet<AppPassword> AppPasswords => Set<AppPassword>();

    public DbSet<Purge> Purges => Set<Purge>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Authenticator> Authenticators => Set<Authenticator>();

    public DbSet<Passkey> Passkeys => Set<Passkey>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<PanelSession> PanelSessions => Set<PanelSession>();

    public DbSet<RoleRule> RoleRules => Set<RoleRule>();

    public DbSet<DomainAdmin> DomainAdmins => Set<DomainAdmin>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<SignInBudget> SignInBudgets => Set<SignInBudget>();

    public DbSet<MailGuess> MailGuesses => Set<MailGuess>();

    public DbSet<SetupToken> SetupTokens => Set<SetupToken>();

    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<JobTarget> JobTargets => Set<JobTarget>();

    public DbSet<JobResult> JobResults => Set<JobResult>();

    public DbSet<MailboxImport> Imports => Set<MailboxImport>();

    public DbSet<MailboxImportBlock> ImportBlocks => Set<MailboxImportBlock>();

    /// <summary>UTC, to the microsecond that datetime(6) keeps.</summary>
    public DateTime UtcNow
    {
        get
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        StampVersions();
        this.NoteSessionEnds();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        StampVersions();
        this.NoteSessionEnds();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AdminDb).Assembly);
        modelBuilder.UseColumnConventions();
    }

    private void StampVersions()
    {
        var now = UtcNow;
        foreach (var entry in ChangeTracker.Entries<IVersioned>())
        {
            if (entry.State == EntityState.Added)
            {
                entry.Entity.Version = 1;
                entry.Entity.CreatedAt = now;
                entry.Entity.UpdatedAt = now;
            }
            else if (entry.State == EntityState.Modified)
            {
                entry.Entity.Version++;
                entry.Entity.UpdatedAt = now;
            }
        }
    }
}
