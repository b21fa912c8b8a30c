using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The DMARC record of a domain (RFC 9989, which keeps "v=DMARC1").</summary>
public static class DmarcRecordText
{
    /// <summary>
    /// p= stands second, where readers of RFC 7489 look for it. np=, for names that do not exist, can be strict from the
    /// first day: nobody sends honest mail from them.
    /// </summary>
    public static string Of(DomainDns domain)
    {
        var (action, test) = domain.Dmarc switch
        {
            DmarcStep.None => ("none", ""),
            DmarcStep.QuarantineTest => ("quarantine", "; t=y"),
            DmarcStep.Quarantine => ("quarantine", ""),
            DmarcStep.RejectTest => ("reject", "; t=y"),
            _ => ("reject", ""),
        };
        return $"v=DMARC1; p={action}; sp={action}; np=reject{test}{Reports(domain.DmarcReports)}";
    }

    /// <summary>For a domain that sends nothing; its subdomains follow p=.</summary>
    public static string RejectAll(EmailAddress? reports) => $"v=DMARC1; p=reject{Reports(reports)}";

    /// <summary>A URI (RFC 6068). A comma or a semicolon of the local part would end it in a record.</summary>
    public static string MailTo(EmailAddress address) => $"mailto:{Uri.EscapeDataString(address.LocalPart.Value)}@{address.Domain.Value}";

    private static string Reports(EmailAddress? address) => address is { } to ? $"; rua={MailTo(to)}" : "";
}
