using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class VacationMapping : IEntityTypeConfiguration<Vacation>
{
    public void Configure(EntityTypeBuilder<Vacation> vacation)
    {
        vacation.ToTable("vacations", table =>
        {
            table.HasCheckConstraint("ck_vacations_days", $"days BETWEEN 1 AND {Vacation.MaxDays}");
            table.HasCheckConstraint("ck_vacations_period", "last_day >= first_day");
        });
        vacation.HasKey(v => v.MailboxId);
        vacation.Property(v => v.MailboxId).ValueGeneratedNever();
        vacation.Property(v => v.Subject).HasMaxLength(Vacation.MaxSubject);
        vacation.Property(v => v.Text).HasColumnType("longtext");
        vacation.HasOne<Mailbox>().WithOne(m => m.Vacation).HasForeignKey<Vacation>(v => v.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class MailboxScriptMapping : IEntityTypeConfiguration<MailboxScript>
{
    // SHA-256 in hexadecimal.
    private const int DigestLength = 64;

    public void Configure(EntityTypeBuilder<MailboxScript> script)
    {
        script.ToTable("mailbox_scripts");
        script.HasKey(s => s.MailboxId);
        script.Property(s => s.MailboxId).ValueGeneratedNever();
        script.Property(s => s.State).AsWord();
        script.Property(s => s.Refusal).HasMaxLength(MailboxScript.MaxRefusal);
        script.Property(s => s.Digest).HasMaxLength(DigestLength);
        script.HasIndex(s => s.DueAt);
        script.HasOne(s => s.Mailbox).WithOne(m => m.Script).HasForeignKey<MailboxScript>(s => s.MailboxId).OnDelete(DeleteBehavior.Cascade);
    }
}
