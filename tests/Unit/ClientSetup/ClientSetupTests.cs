using System.Xml.Linq;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.ClientSetup;
using Xunit;

namespace AdminPanel.Tests.Unit.ClientSetup;

/// <summary>What mail programs are told, in the formats that they read.</summary>
public sealed class ClientSetupTests
{
    private static readonly DomainName Host = DomainName.Parse("mail.example.net");

    private static readonly ClientServer[] Servers =
    [
        new(ClientProtocol.Imap, Host, 993, IsTlsFromStart: true), new(ClientProtocol.Smtp, Host, 465, IsTlsFromStart: true),
        new(ClientProtocol.Smtp, Host, 587, IsTlsFromStart: false), new(ClientProtocol.Sieve, Host, 4190, IsTlsFromStart: false),
    ];

    [Fact]
    public void Servers_come_from_the_settings_and_the_best_of_each_protocol_is_first()
    {
        var values = new Dictionary<string, string>
        {
            ["host_name"] = "mail.example.net", ["imaps_listen"] = "*:993", ["imap_listen"] = "none", ["pop3s_listen"] = "\"; rm", ["submission_listen"] = "[::]:587", ["submissions_listen"] = "*:465", ["managesieve_listen"] = "*:4190",
        };

        Assert.Equal(Servers, ClientServers.Read(values));
        Assert.Empty(ClientServers.Read(new Dictionary<string, string> { ["imaps_listen"] = "*:993" }));
    }

    [Fact]
    public void Thunderbird_reads_its_file() => Assert.Equal(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <clientConfig version="1.1">
          <emailProvider id="xn--bcher-kva.example">
            <domain>xn--bcher-kva.example</domain>
            <displayName>bücher.example</displayName>
            <displayShortName>bücher.example</displayShortName>
            <incomingServer type="imap">
              <hostname>mail.example.net</hostname>
              <port>993</port>
              <socketType>SSL</socketType>
              <authentication>password-cleartext</authentication>
              <username>%EMAILADDRESS%</username>
            </incomingServer>
            <outgoingServer type="smtp">
              <hostname>mail.example.net</hostname>
              <port>465</port>
              <socketType>SSL</socketType>
              <authentication>password-cleartext</authentication>
              <username>%EMAILADDRESS%</username>
            </outgoingServer>
            <outgoingServer type="smtp">
              <hostname>mail.example.net</hostname>
              <port>587</port>
              <socketType>STARTTLS</socketType>
              <authentication>password-cleartext</authentication>
              <username>%EMAILADDRESS%</username>
            </outgoingServer>
          </emailProvider>
        </clientConfig>

        """, AutoconfigFile.Of(DomainName.Parse("bücher.example"), Servers));

    [Fact]
    public void Outlook_reads_one_server_of_each_protocol()
    {
        var answer = XDocument.Parse(Autodiscover.Settings(EmailAddress.Parse("Bob@example.org"), Servers));

        XNamespace outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
        Assert.Equal("{http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006}Autodiscover", answer.Root!.Name.ToString());
        Assert.Equal(("email", "settings"), (answer.Descendants(outlook + "AccountType").Single().Value, answer.Descendants(outlook + "Action").Single().Value));
        Assert.Equal(
            ["IMAP mail.example.net 993 SSL bob@example.org", "SMTP mail.example.net 465 SSL bob@example.org"],
            answer.Descendants(outlook + "Protocol").Select(p => string.Join(' ', new[] { "Type", "Server", "Port", "Encryption", "LoginName" }.Select(name => p.Element(outlook + name)!.Value))));
    }

    [Theory]
    [InlineData("http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006", "Outlook")]
    [InlineData("http://schemas.microsoft.com/exchange/autodiscover/mobilesync/requestschema/2006", "a phone")]
    public void The_address_is_found_in_a_question(string schema, string whose) => Assert.True("bob@example.org" == Autodiscover.AddressIn(
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <Autodiscover xmlns="{schema}"><Request><EMailAddress> bob@example.org </EMailAddress>
        <AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>
        """)?.Value, whose);

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("not xml", "no XML")]
    [InlineData("<Autodiscover><Request/></Autodiscover>", "no address")]
    [InlineData("<Autodiscover><Request><EMailAddress>nobody</EMailAddress></Request></Autodiscover>", "no address either")]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"bob@example.org\">]><a><EMailAddress>&x;</EMailAddress></a>", "an entity")]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a><EMailAddress>bob@example.org</EMailAddress></a>", "a document type from elsewhere")]
    [InlineData("<a><EMailAddress>bob@example.org", "half a document")]
    public void What_is_no_question_has_no_address(string question, string what) => Assert.True(Autodiscover.AddressIn(question) is null, what);

    [Fact]
    public void A_device_reads_its_profile_which_holds_no_password()
    {
        var profile = AppleProfile.Of(EmailAddress.Parse("bob@example.org"), "Bob & Söhne <b>", Servers)!;

        var plist = XDocument.Parse(profile);
        var account = Dict(plist.Root!.Element("dict")!.Element("array")!.Element("dict")!);
        Assert.Equal("com.apple.mail.managed", account["PayloadType"]);
        Assert.Equal("Bob & Söhne <b>", account["EmailAccountName"]);
        Assert.Equal(("mail.example.net", "993", "true", "bob@example.org"), (account["IncomingMailServerHostName"], account["IncomingMailServerPortNumber"], account["IncomingMailServerUseSSL"], account["IncomingMailServerUsername"]));
        Assert.Equal(("mail.example.net", "465", "true", "bob@example.org"), (account["OutgoingMailServerHostName"], account["OutgoingMailServerPortNumber"], account["OutgoingMailServerUseSSL"], account["OutgoingMailServerUsername"]));
        Assert.DoesNotContain(account.Keys, key => key is "IncomingPassword" or "OutgoingPassword");
        // A newer profile takes the place of an older one, and two mailboxes have two.
        Assert.Equal(profile, AppleProfile.Of(EmailAddress.Parse("bob@example.org"), "Bob & Söhne <b>", Servers));
        Assert.NotEqual(account["PayloadUUID"], Dict(XDocument.Parse(AppleProfile.Of(EmailAddress.Parse("ann@example.org"), null, Servers)!).Root!.Element("dict")!.Element("array")!.Element("dict")!)["PayloadUUID"]);
    }

    [Fact]
    public void Without_a_way_to_read_or_to_send_there_is_no_profile()
    {
        Assert.Null(AppleProfile.Of(EmailAddress.Parse("bob@example.org"), null, [.. Servers.Where(s => s.Protocol != ClientProtocol.Imap)]));
        Assert.Null(AppleProfile.Of(EmailAddress.Parse("bob@example.org"), null, [.. Servers.Where(s => s.Protocol != ClientProtocol.Smtp)]));
    }

    // Keys and values follow one another; true and false are elements of their own.
    private static Dictionary<string, string> Dict(XElement dict) =>
        dict.Elements("key").ToDictionary(k => k.Value, k => (XElement)k.NextNode! is { Name.LocalName: "true" or "false" } flag ? flag.Name.LocalName : ((XElement)k.NextNode!).Value);
}
