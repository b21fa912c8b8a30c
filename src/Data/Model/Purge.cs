namespace AdminPanel.Data.Model;

/// <summary>
/// A home that nobody has any more and whose mail awaits removal. The web process cannot reach mail; `adminpanel purge`
/// removes the directory first and this row afterwards, so that whatever interrupts it, it goes on.
/// </summary>
public sealed class Purge
{
    public long Id { get; init; }

    /// <summary>The directory below the mail root.</summary>
    public required string Home { get; init; }

    /// <summary>The address that the mailbox had.</summary>
    public required string Name { get; init; }

    public DateTime RequestedAt { get; init; }

    public required string RequestedBy { get; init; }
}
