using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Domains;

/// <summary>What people choose about a domain besides its name, as they type it. Empty: no limit, no default.</summary>
public abstract record DomainInput
{
    /// <summary>Ten years: more is none.</summary>
    private const int MaxPasswordAge = 3650;

    public string? Description { get; init; }

    /// <summary>How many mailboxes.</summary>
    public string? MailboxLimit { get; init; }

    /// <summary>How many aliases, the catch-all included.</summary>
    public string? AliasLimit { get; init; }

    /// <summary>"500G": quota of all its mailboxes together.</summary>
    public string? QuotaLimit { get; init; }

    /// <summary>"5G": quota of a new mailbox unless another is chosen.</summary>
    public string? DefaultQuota { get; init; }

    /// <summary>Days after which a password no longer signs in.</summary>
    public string? PasswordMaxAge { get; init; }

    public bool IsActive { get; init; } = true;

    internal DomainChoices Read(Reading reading)
    {
        var choices = new DomainChoices(
            reading.Note(nameof(Description), Description),
            reading.Count(nameof(MailboxLimit), MailboxLimit),
            reading.Count(nameof(AliasLimit), AliasLimit),
            reading.Size(nameof(QuotaLimit), QuotaLimit, ByteSize.MaxOfDomain),
            reading.Size(nameof(DefaultQuota), DefaultQuota, ByteSize.MaxOfMailbox),
            reading.Count(nameof(PasswordMaxAge), PasswordMaxAge),
            IsActive);
        if (choices.PasswordMaxAgeDays is < 1 or > MaxPasswordAge) reading.Add(new Problem(nameof(PasswordMaxAge), "PasswordMaxAgeRange", MaxPasswordAge));
        if (choices.DefaultQuota > choices.QuotaLimit)
            reading.Add(new Problem(nameof(DefaultQuota), "DefaultQuotaAboveLimit", new ByteSize(choices.QuotaLimit.Value)));
        return choices;
    }
}

/// <summary>The same, read; and the audit entry's "before" and "after".</summary>
internal sealed record DomainChoices(
    string? Description, int? MailboxLimit, int? AliasLimit, long? QuotaLimit, long? DefaultQuota, int? PasswordMaxAgeDays, bool IsActive)
{
    public static DomainChoices Of(MailDomain domain) =>
        new(domain.Description, domain.MailboxLimit, domain.AliasLimit, domain.QuotaLimit, domain.DefaultQuota, domain.PasswordMaxAgeDays, domain.IsActive);

    /// <summary>What a domain admin does not choose stays as it is stored: whatever is added here later is a superadmin's until it is named.</summary>
    public DomainChoices For(Actor actor, DomainChoices stored) => actor.IsSuperadmin
        ? this
        : stored with { Description = Description, MailboxLimit = MailboxLimit, AliasLimit = AliasLimit, QuotaLimit = QuotaLimit, DefaultQuota = DefaultQuota, PasswordMaxAgeDays = PasswordMaxAgeDays };

    public void ApplyTo(MailDomain domain)
    {
        domain.Description = Description;
        domain.MailboxLimit = MailboxLimit;
        domain.AliasLimit = AliasLimit;
        domain.QuotaLimit = QuotaLimit;
        domain.DefaultQuota = DefaultQuota;
        domain.PasswordMaxAgeDays = PasswordMaxAgeDays;
        domain.IsActive = IsActive;
    }
}
