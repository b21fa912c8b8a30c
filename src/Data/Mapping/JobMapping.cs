using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal sealed class JobMapping : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> job)
    {
        job.ToTable("jobs");
        job.Property(j => j.Kind).AsWord();
        job.Property(j => j.Action).AsWord();
        job.Property(j => j.State).AsWord();
        job.Property(j => j.Selection).HasColumnType("longtext");
        job.Property(j => j.Actor).HasMaxLength(254);
        job.Property(j => j.Source).HasMaxLength(45);
        job.Property(j => j.RequestId).HasMaxLength(64);
        job.Property(j => j.Cursor).HasMaxLength(320);
        job.Property(j => j.Problem).HasMaxLength(64);
        // What the workers ask for, and what a person asks for: both by the newest.
        job.HasIndex(j => j.State);
        job.HasIndex(j => j.AccountId);
    }
}

internal sealed class JobTargetMapping : IEntityTypeConfiguration<JobTarget>
{
    public void Configure(EntityTypeBuilder<JobTarget> target)
    {
        target.ToTable("job_targets");
        target.HasKey(t => new { t.JobId, t.Number });
        target.Property(t => t.Address).HasMaxLength(320);
        target.HasOne<Job>().WithMany().HasForeignKey(t => t.JobId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class JobResultMapping : IEntityTypeConfiguration<JobResult>
{
    public void Configure(EntityTypeBuilder<JobResult> result)
    {
        result.ToTable("job_results");
        result.HasKey(r => new { r.JobId, r.Number });
        result.Property(r => r.Subject).HasMaxLength(320);
        result.Property(r => r.Problem).HasMaxLength(64);
        result.Property(r => r.Arguments).HasColumnType("longtext");
        result.Property(r => r.Secret).HasMaxLength(255);
        result.HasOne<Job>().WithMany().HasForeignKey(r => r.JobId).OnDelete(DeleteBehavior.Cascade);
    }
}
