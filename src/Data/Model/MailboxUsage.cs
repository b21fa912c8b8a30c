namespace AdminPanel.Data.Model;

/// <summary>
/// What a mailbox stores, written by Dovecot (quota_clone) after every change under the only name it has there, the
/// address. Operations that free or change an address take its row along in the same transaction.
/// </summary>
public sealed class MailboxUsage
{
    public required string Address { get; init; }

    /// <summary>As Dovecot counts them against the quota.</summary>
    public long Bytes { get; init; }

    public long Messages { get; init; }
}
