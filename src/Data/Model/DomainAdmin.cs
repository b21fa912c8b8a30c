namespace AdminPanel.Data.Model;

/// <summary>A domain assigned to a domain admin.</summary>
public sealed class DomainAdmin
{
    public long AccountId { get; set; }

    public Account? Account { get; set; }

    public long DomainId { get; set; }

    public MailDomain? Domain { get; set; }
}
