using System.Globalization;
using System.Xml.Linq;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.ClientSetup;

/// <summary>The settings of a domain as Thunderbird and its kin read them: config-v1.1.xml (draft-ietf-mailmaint-autoconfig).</summary>
public static class AutoconfigFile
{
    /// <param name="servers">In order of preference. Sieve has no place in the format.</param>
    public static string Of(DomainName domain, IReadOnlyList<ClientServer> servers) => new XDocument(
        new XElement("clientConfig", new XAttribute("version", "1.1"),
            new XElement("emailProvider", new XAttribute("id", domain.Value),
                new XElement("domain", domain.Value),
                new XElement("displayName", domain.Unicode),
                new XElement("displayShortName", domain.Unicode),
                servers.Where(s => s.Protocol is ClientProtocol.Imap or ClientProtocol.Pop3).Select(s => Server("incomingServer", s)),
                servers.Where(s => s.Protocol == ClientProtocol.Smtp).Select(s => Server("outgoingServer", s))))).WithDeclaration();

    private static XElement Server(string name, ClientServer server) => new(
        name, new XAttribute("type", server.Protocol.ToString().ToLowerInvariant()),
        new XElement("hostname", server.HostName.Value),
        new XElement("port", server.Port.ToString(CultureInfo.InvariantCulture)),
        new XElement("socketType", server.IsTlsFromStart ? "SSL" : "STARTTLS"),
        new XElement("authentication", "password-cleartext"),
        new XElement("username", "%EMAILADDRESS%"));

    internal static string WithDeclaration(this XDocument document) => $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{document}\n";
}
