using AdminPanel.Data.Access;

namespace AdminPanel.Data.Model;

/// <summary>A domain assigned to a domain admin.</summary>
public sealed class DomainAdmin
{
    public long AccountId { get; set; }

    public Account? Account { get; set; }

    public long DomainId { get; set; }

    public MailDomain? Domain { get; set; }

    /// <summary>What this admin may do in this domain.</summary>
    public DomainPermissions Permissions { get; set; } = DomainPermissions.Usual;
}
