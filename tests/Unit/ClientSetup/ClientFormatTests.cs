using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support.ClientFormats;
using AdminPanel.Web.Features.ClientSetup;
using Xunit;

namespace AdminPanel.Tests.Unit.ClientSetup;

/// <summary>Whatever the server offers, and whatever people are called, mail programs read it; and the rules notice what they could not.</summary>
public sealed class ClientFormatTests
{
    private static readonly DomainName Host = DomainName.Parse("mail.example.net");

    private static readonly ClientServer[] Servers =
    [
        new(ClientProtocol.Imap, Host, 993, true), new(ClientProtocol.Imap, Host, 143, false), new(ClientProtocol.Pop3, Host, 995, true), new(ClientProtocol.Smtp, Host, 465, true),
        new(ClientProtocol.Smtp, Host, 587, false), new(ClientProtocol.Sieve, Host, 4190, false),
    ];

    private static readonly string[] Addresses = ["bob@example.org", "o'connor@xn--bcher-kva.example", "a.b+c_d-e@a.very.long.name.of.a.domain.example", "x&y@example.org"];

    /// <summary>Every choice of the servers that there may be, each with and without the others.</summary>
    public static IEnumerable<ClientServer[]> Choices =>
        Enumerable.Range(1, (1 << Servers.Length) - 1).Select(bits => Servers.Where((_, i) => (bits >> i & 1) == 1).ToArray());

    [Fact]
    public void Each_choice_of_servers_makes_documents_that_keep_to_their_format()
    {
        foreach (var servers in Choices)
        foreach (var text in Addresses)
        {
            var address = EmailAddress.Parse(text);
            // Thunderbird takes a file with a way to read and one to send.
            if (servers.Any(s => s.Protocol is ClientProtocol.Imap or ClientProtocol.Pop3) && servers.Any(s => s.Protocol == ClientProtocol.Smtp)) ClientSchemas.Parse(AutoconfigFile.Of(address.Domain, servers));
            if (servers.Any(s => s.Protocol != ClientProtocol.Sieve)) ClientSchemas.Parse(Autodiscover.Settings(address, servers));
            if (AppleProfile.Of(address, null, servers) is { } profile) MailProfile.Parse(profile);
        }
        ClientSchemas.Parse(Autodiscover.Error(new DateTime(2026, 11, 23, 1, 2, 3, DateTimeKind.Utc)));
    }

    [Theory]
    [InlineData("Bob & Söhne <b>\"'")]
    [InlineData("]]> <!-- -->")]
    [InlineData("名前 😀")]
    public void A_profile_keeps_to_its_format_whatever_somebody_is_called(string name)
    {
        var profile = MailProfile.Parse(AppleProfile.Of(EmailAddress.Parse("bob@example.org"), name, Servers, "a<b>&c")!);

        Assert.Equal((name, "bob@example.org"), (profile.AccountName, profile.Address));
        Assert.Equal(new ProfileServer("mail.example.net", 993, true, "bob@example.org", "a<b>&c"), profile.Incoming);
        Assert.Equal(new ProfileServer("mail.example.net", 465, true, "bob@example.org", "a<b>&c"), profile.Outgoing);
    }

    [Theory]
    [InlineData("<key>PayloadVersion</key>", "", "a key is missing")]
    [InlineData("<integer>993</integer>", "<string>993</string>", "a port is no number")]
    [InlineData("<integer>993</integer>", "<integer>many</integer>", "a number is none")]
    [InlineData("<key>EmailAddress</key>", "<key>EmailAdress</key>", "a key that nobody knows")]
    [InlineData("<key>EmailAddress</key>", "<key>EmailAccountName</key>", "a key twice")]
    [InlineData("<string>EmailTypeIMAP</string>", "<string>imap</string>", "another kind of account")]
    [InlineData("PUBLIC \"-//Apple//DTD PLIST 1.0//EN\"", "PUBLIC \"-//Other//DTD\"", "another document type")]
    [InlineData("<true />", "true", "text between")]
    [InlineData("<plist version=\"1.0\">", "<plist>", "no version")]
    [InlineData("</plist>", "", "half a document")]
    public void The_rules_notice_a_profile_that_a_device_would_refuse(string from, string to, string what)
    {
        var text = AppleProfile.Of(EmailAddress.Parse("bob@example.org"), null, Servers)!;
        Assert.True(text.Contains(from, StringComparison.Ordinal), what);

        Assert.Throws<FormatException>(() => MailProfile.Parse(text.Replace(from, to, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("version=\"1.1\"", "version=\"2\"")]
    [InlineData("<port>993</port>", "<port>0</port>")]
    [InlineData("<socketType>SSL</socketType>", "<socketType>TLS</socketType>")]
    [InlineData("<hostname>mail.example.net</hostname>", "")]
    [InlineData("type=\"imap\"", "type=\"IMAP\"")]
    [InlineData("<clientConfig", "<clientConfig xmlns=\"http://example.org/\"")]
    public void The_rules_notice_a_file_that_Thunderbird_would_refuse(string from, string to)
    {
        var text = AutoconfigFile.Of(DomainName.Parse("example.org"), Servers);
        Assert.Contains(from, text, StringComparison.Ordinal);

        Assert.Throws<FormatException>(() => ClientSchemas.Parse(text.Replace(from, to, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("outlook/responseschema/2006a", "outlook/responseschema/2006")]
    [InlineData("<Action>settings</Action>", "<Action>redirectAddr</Action>")]
    [InlineData("<Type>IMAP</Type>", "<Type>imap</Type>")]
    [InlineData("<Encryption>SSL</Encryption>", "<Encryption>on</Encryption>")]
    public void The_rules_notice_an_answer_that_Outlook_would_refuse(string from, string to)
    {
        var text = Autodiscover.Settings(EmailAddress.Parse("bob@example.org"), Servers);
        Assert.Contains(from, text, StringComparison.Ordinal);

        Assert.Throws<FormatException>(() => ClientSchemas.Parse(text.Replace(from, to, StringComparison.Ordinal)));
    }
}
