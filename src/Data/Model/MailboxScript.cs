namespace AdminPanel.Data.Model;

/// <summary>How far the panel's own sieve script of a mailbox has come.</summary>
public enum ScriptState
{
    /// <summary>What stands at the mail server is not what the database says; it is written as soon as the mail server lets it.</summary>
    Asked,

    /// <summary>The mail server has it.</summary>
    Written,

    /// <summary>The mail server says that it cannot run it.</summary>
    Refused,
}

/// <summary>
/// The sieve script that the panel keeps in a mailbox. What it says is made from the database, which is the truth; this row
/// says what the mail server has of it, and when it is compared the next time. A mailbox without one has no script.
/// </summary>
public sealed class MailboxScript
{
    /// <summary>Of <see cref="Refusal"/>, in characters.</summary>
    public const int MaxRefusal = 255;

    public long MailboxId { get; init; }

    public Mailbox? Mailbox { get; init; }

    public ScriptState State { get; set; }

    /// <summary>When it is looked at. Whoever does it moves this ahead first, so that no other panel does.</summary>
    public DateTime DueAt { get; set; }

    /// <summary>How often the mail server could not be asked since it last was.</summary>
    public int Failures { get; set; }

    /// <summary>Why it is not written, in the words of the mail server or of what is between; null where it is.</summary>
    public string? Refusal { get; set; }

    /// <summary>SHA-256 of what the mail server has, in hexadecimal; null where it has none.</summary>
    public string? Digest { get; set; }
}
