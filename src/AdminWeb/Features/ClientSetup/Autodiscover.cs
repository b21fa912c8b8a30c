using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.ClientSetup;

/// <summary>
/// What Outlook asks and is answered: Autodiscover in plain XML (MS-OXDSCLI, "POX"). One server of each protocol, since it
/// takes the first.
/// </summary>
public static class Autodiscover
{
    /// <summary>Octets of a question that are read.</summary>
    public const int MaxOctets = 16 * 1024;

    private static readonly XNamespace Envelope = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";

    private static readonly XNamespace Outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

    /// <summary>The address that a question is about; null where it is none. Namespaces differ between versions and are not looked at.</summary>
    public static EmailAddress? AddressIn(string question)
    {
        try
        {
            // No entities and nothing from elsewhere: whoever asks has no account.
            using var reader = XmlReader.Create(new StringReader(question), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var text = XDocument.Load(reader).Descendants().FirstOrDefault(e => e.Name.LocalName == "EMailAddress")?.Value;
            return EmailAddress.TryParse(text, out var address) ? address : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public static string Settings(EmailAddress address, IReadOnlyList<ClientServer> servers) => new XDocument(
        new XElement(Envelope + "Autodiscover",
            new XElement(Outlook + "Response",
                new XElement(Outlook + "User", new XElement(Outlook + "DisplayName", address.Unicode)),
                new XElement(Outlook + "Account",
                    new XElement(Outlook + "AccountType", "email"),
                    new XElement(Outlook + "Action", "settings"),
                    servers.Where(s => s.Protocol != ClientProtocol.Sieve).DistinctBy(s => s.Protocol).Select(s => Protocol(address, s)))))).WithDeclaration();

    /// <summary>For what is no question, or one about no domain of this server.</summary>
    /// <param name="now">UTC.</param>
    public static string Error(DateTime now) => new XDocument(
        new XElement(Envelope + "Autodiscover",
            new XElement(Envelope + "Response",
                new XElement(Envelope + "Error", new XAttribute("Time", now.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture)), new XAttribute("Id", "0"),
                    new XElement(Envelope + "ErrorCode", "600"),
                    new XElement(Envelope + "Message", "Invalid Request"),
                    new XElement(Envelope + "DebugData"))))).WithDeclaration();

    private static XElement Protocol(EmailAddress address, ClientServer server) => new(
        Outlook + "Protocol",
        new XElement(Outlook + "Type", server.Protocol.ToString().ToUpperInvariant()),
        new XElement(Outlook + "Server", server.HostName.Value),
        new XElement(Outlook + "Port", server.Port.ToString(CultureInfo.InvariantCulture)),
        new XElement(Outlook + "LoginName", address.Value),
        new XElement(Outlook + "DomainRequired", "off"),
        new XElement(Outlook + "SPA", "off"),
        new XElement(Outlook + "SSL", "on"),
        new XElement(Outlook + "Encryption", server.IsTlsFromStart ? "SSL" : "TLS"),
        new XElement(Outlook + "AuthRequired", "on"),
        server.Protocol == ClientProtocol.Smtp ? new XElement(Outlook + "UsePOPAuth", "off") : null);
}
