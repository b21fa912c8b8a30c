namespace AdminPanel.Data.Model;

/// <summary>What a mailbox answers while its owner is away (RFC 5230). One for a mailbox; switched off, it keeps its words for the next time.</summary>
public sealed class Vacation : IVersioned
{
    /// <summary>Of <see cref="Subject"/>, in characters.</summary>
    public const int MaxSubject = 200;

    /// <summary>Of <see cref="Text"/>, in characters: some pages.</summary>
    public const int MaxText = 10_000;

    /// <summary>Of <see cref="Days"/>.</summary>
    public const int MaxDays = 30;

    /// <summary>Most people are away for a week or two, and write to one another more often than that.</summary>
    public const int DefaultDays = 7;

    public long MailboxId { get; init; }

    public bool IsOn { get; set; }

    /// <summary>One line; null: "Auto:" and the subject of the message that is answered.</summary>
    public string? Subject { get; set; }

    /// <summary>Lines ended by LF.</summary>
    public required string Text { get; set; }

    /// <summary>In UTC; null: at once.</summary>
    public DateOnly? FirstDay { get; set; }

    /// <summary>In UTC, the last one on which it answers; null: until it is switched off.</summary>
    public DateOnly? LastDay { get; set; }

    /// <summary>For so many days nobody is answered twice.</summary>
    public int Days { get; set; } = DefaultDays;

    public long Version { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>Whether it answers on this day or will answer on a later one.</summary>
    public bool IsWantedOn(DateOnly day) => IsOn && !(LastDay < day);
}
