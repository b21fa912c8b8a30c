namespace AdminPanel.Data.Model;

/// <summary>A sender address that a mailbox may use beside its own.</summary>
public sealed class SendAsGrant
{
    public long MailboxId { get; init; }

    /// <summary>A whole address, or "@domain" for every address of that domain. Nobody needs to own it.</summary>
    public required string Address { get; init; }

    /// <summary>The hosted or alias domain of the address: the grant goes with it, and stops while it is inactive.</summary>
    public long DomainId { get; init; }
}
