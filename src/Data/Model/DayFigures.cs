namespace AdminPanel.Data.Model;

/// <summary>
/// How much there was on a day, as it was last counted on it. The days of the last two weeks are kept, and of every month
/// before them the first.
/// </summary>
public abstract class DayFigures
{
    /// <summary>How many days are kept, each.</summary>
    public const int KeptDaily = 14;

    /// <summary>In UTC.</summary>
    public DateOnly Day { get; init; }

    public int Mailboxes { get; init; }

    public int Aliases { get; init; }

    /// <summary>What the mailboxes store, as Dovecot counts.</summary>
    public long UsedBytes { get; init; }

    /// <summary>The sum of the mailboxes' quotas.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Mailboxes that have a quota.</summary>
    public int WithQuota { get; init; }

    /// <summary>Of those, mailboxes that are at least half full; the next ones are among them.</summary>
    public int OverHalf { get; init; }

    /// <summary>At least three quarters full.</summary>
    public int OverThreeQuarters { get; init; }

    /// <summary>At least <see cref="MailboxFigures.NearlyFull"/>.</summary>
    public int NearlyFull { get; init; }
}

/// <summary>Of one hosted domain.</summary>
public sealed class DomainDay : DayFigures
{
    public long DomainId { get; init; }
}

/// <summary>Of all hosted domains together.</summary>
public sealed class TotalDay : DayFigures;
