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

    private const int MaxWelcome = 4000;

    public string? Description { get; init; }

    /// <summary>How many mailboxes.</summary>
    public string? MailboxLimit { get; init; }

    /// <summary>How many aliases, the catch-all included.</summary>
    public string? AliasLimit { get; init; }

    /// <summary>"500G": quota of all its mailboxes together.</summary>
    public string? QuotaLimit { get; init; }

    /// <summary>Whether the quotas of its mailboxes may come to more than that.</summary>
    public bool AllowsOvercommit { get; init; }

    /// <summary>"20G": the largest quota of a mailbox.</summary>
    public string? MailboxQuotaLimit { get; init; }

    /// <summary>"5G": quota of a new mailbox unless another is chosen.</summary>
    public string? DefaultQuota { get; init; }

    /// <summary>Days after which a password no longer signs in.</summary>
    public string? PasswordMaxAge { get; init; }

    /// <summary>One of <see cref="Language.All"/>: owners of new mailboxes are greeted in it. Empty: they are not.</summary>
    public string? WelcomeLanguage { get; init; }

    /// <summary>What they read above the settings for a mail program, in lines. Empty: the panel's own words.</summary>
    public string? WelcomeText { get; init; }

    /// <summary>Words with spaces or commas between.</summary>
    public string? Tags { get; init; }

    /// <summary>Whether all mail to it is refused while its mailboxes can be read. A superadmin's choice.</summary>
    public bool RefusesMail { get; init; }

    public bool IsActive { get; init; } = true;

    /// <summary>Whether something is chosen that few people choose: the form shows it then.</summary>
    internal bool HasRareChoices => AllowsOvercommit || !string.IsNullOrWhiteSpace(MailboxQuotaLimit) || !string.IsNullOrWhiteSpace(PasswordMaxAge)
        || !string.IsNullOrWhiteSpace(WelcomeLanguage) || !string.IsNullOrWhiteSpace(WelcomeText) || RefusesMail;

    internal DomainChoices Read(Reading reading)
    {
        var choices = new DomainChoices(
            reading.Note(nameof(Description), Description),
            reading.Count(nameof(MailboxLimit), MailboxLimit),
            reading.Count(nameof(AliasLimit), AliasLimit),
            reading.Size(nameof(QuotaLimit), QuotaLimit, ByteSize.MaxOfDomain),
            AllowsOvercommit,
            reading.Size(nameof(MailboxQuotaLimit), MailboxQuotaLimit, ByteSize.MaxOfMailbox),
            reading.Size(nameof(DefaultQuota), DefaultQuota, ByteSize.MaxOfMailbox),
            reading.Count(nameof(PasswordMaxAge), PasswordMaxAge),
            ReadTags(reading, nameof(Tags), Tags),
            ReadWelcomeLanguage(reading),
            reading.Text(nameof(WelcomeText), WelcomeText, MaxWelcome),
            RefusesMail,
            IsActive);
        if (choices.PasswordMaxAgeDays is < 1 or > MaxPasswordAge) reading.Add(new Problem(nameof(PasswordMaxAge), "PasswordMaxAgeRange", MaxPasswordAge));
        if (choices.DefaultQuota > choices.QuotaLimit)
            reading.Add(new Problem(nameof(DefaultQuota), "DefaultQuotaAboveLimit", new ByteSize(choices.QuotaLimit.Value)));
        if (choices.DefaultQuota > choices.MailboxQuotaLimit)
            reading.Add(new Problem(nameof(DefaultQuota), "DefaultQuotaAboveLargest", new ByteSize(choices.MailboxQuotaLimit.Value)));
        return choices;
    }

    private string? ReadWelcomeLanguage(Reading reading)
    {
        if (string.IsNullOrWhiteSpace(WelcomeLanguage)) return null;

        var chosen = Language.All.FirstOrDefault(l => string.Equals(l.Name, WelcomeLanguage.Trim(), StringComparison.OrdinalIgnoreCase));
        if (chosen is null) reading.Add(new Problem(nameof(WelcomeLanguage), "WelcomeLanguageUnknown", WelcomeLanguage.Trim(), string.Join(", ", Language.All.Select(l => l.Name))));
        return chosen?.Name;
    }

    internal static IReadOnlyList<string> ReadTags(Reading reading, string field, string? text)
    {
        var tags = TagList.Split(text);
        if (tags.Count > TagList.MaxCount) reading.Add(new Problem(field, "TooManyTags", TagList.MaxCount));
        else if (tags.FirstOrDefault(t => !TagList.IsTag(t)) is { } bad) reading.Add(new Problem(field, "TagUnreadable", bad, TagList.MaxLength));
        return tags;
    }
}

/// <summary>The same, read; and the audit entry's "before" and "after".</summary>
internal sealed record DomainChoices(
    string? Description, int? MailboxLimit, int? AliasLimit, long? QuotaLimit, bool AllowsOvercommit, long? MailboxQuotaLimit, long? DefaultQuota,
    int? PasswordMaxAgeDays, IReadOnlyList<string> Tags, string? WelcomeLanguage, string? WelcomeText, bool RefusesMail, bool IsActive)
{
    /// <summary>Of a new domain; they are no part of what is changed with the rest.</summary>
    public RoleChoices? Roles { get; init; }

    /// <summary>Of a new domain that has it from a template, as the audit has it.</summary>
    public object? SelfService { get; init; }

    /// <param name="domain">With its tags.</param>
    public static DomainChoices Of(MailDomain domain) => new(
        domain.Description, domain.MailboxLimit, domain.AliasLimit, domain.QuotaLimit, domain.AllowsOvercommit, domain.MailboxQuotaLimit, domain.DefaultQuota,
        domain.PasswordMaxAgeDays, [.. domain.Tags.Select(t => t.Name).Order(StringComparer.Ordinal)], domain.WelcomeLanguage, domain.WelcomeText, domain.RefusesMail, domain.IsActive);

    /// <summary>What a domain admin does not choose stays as it is stored: whatever is added here later is a superadmin's until it is named.</summary>
    public DomainChoices For(Actor actor, DomainChoices stored) => actor.IsSuperadmin
        ? this
        : stored with
        {
            Description = Description, MailboxLimit = MailboxLimit, AliasLimit = AliasLimit, QuotaLimit = QuotaLimit, AllowsOvercommit = AllowsOvercommit,
            MailboxQuotaLimit = MailboxQuotaLimit, DefaultQuota = DefaultQuota, PasswordMaxAgeDays = PasswordMaxAgeDays, Tags = Tags,
            WelcomeLanguage = WelcomeLanguage, WelcomeText = WelcomeText,
        };

    public void ApplyTo(MailDomain domain)
    {
        domain.Description = Description;
        domain.MailboxLimit = MailboxLimit;
        domain.AliasLimit = AliasLimit;
        domain.QuotaLimit = QuotaLimit;
        domain.AllowsOvercommit = AllowsOvercommit;
        domain.MailboxQuotaLimit = MailboxQuotaLimit;
        domain.DefaultQuota = DefaultQuota;
        domain.PasswordMaxAgeDays = PasswordMaxAgeDays;
        domain.WelcomeLanguage = WelcomeLanguage;
        domain.WelcomeText = WelcomeText;
        domain.Tags.RemoveAll(t => !Tags.Contains(t.Name));
        domain.Tags.AddRange(Tags.Where(t => domain.Tags.All(stored => stored.Name != t)).Select(t => new DomainTag { Name = t }));
        domain.RefusesMail = RefusesMail;
        domain.IsActive = IsActive;
    }
}
