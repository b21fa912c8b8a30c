using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.ClientSetup;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Notices;
using AdminPanel.Web.Features.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Xunit;

namespace AdminPanel.Tests.Unit.Notices;

/// <summary>The words that greet the owner of a new mailbox.</summary>
public sealed class WelcomeLetterTests : IDisposable
{
    private static readonly DomainName Host = DomainName.Parse("mail.example.org");

    private static readonly IReadOnlyList<ClientServer> Servers = [new(ClientProtocol.Imap, Host, 993, IsTlsFromStart: true), new(ClientProtocol.Smtp, Host, 465, IsTlsFromStart: true), new(ClientProtocol.Smtp, Host, 587, IsTlsFromStart: false)];

    private static readonly Welcome Anna = new("anna@bücher.example", "Anna", null, MailboxAccess.Everything, Servers);

    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    public void Dispose() => services.Dispose();

    [Fact]
    public void In_English_it_says_what_a_mail_program_asks_for_and_no_password()
    {
        var letter = Write(Anna, "en");

        Assert.Equal("Your mailbox anna@bücher.example", letter.Subject);
        Assert.Equal(
            """
            Hello Anna,

            your mailbox anna@bücher.example is ready.

            Settings for your mail program:

              User name: anna@bücher.example
              Password: the one you were given
              Incoming mail (IMAP): mail.example.org, port 993, SSL/TLS
              Outgoing mail (SMTP): mail.example.org, port 465, SSL/TLS

            The mail server wrote this message by itself.

            """,
            letter.Text);
    }

    [Fact]
    public void In_German_it_says_the_same()
    {
        var letter = Write(Anna with { DisplayName = null }, "de");

        Assert.Equal("Ihr Postfach anna@bücher.example", letter.Subject);
        Assert.Equal(
            """
            Guten Tag,

            Ihr Postfach anna@bücher.example ist bereit.

            Einstellungen für Ihr Mailprogramm:

              Benutzername: anna@bücher.example
              Passwort: das Ihnen mitgeteilte
              Posteingang (IMAP): mail.example.org, Port 993, SSL/TLS
              Postausgang (SMTP): mail.example.org, Port 465, SSL/TLS

            Diese Nachricht hat der Mailserver selbst geschrieben.

            """,
            letter.Text);
        Assert.StartsWith("<!DOCTYPE html><html lang=\"de\">", letter.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_mailbox_may_not_use_or_the_server_does_not_offer_is_not_listed()
    {
        ClientServer[] everything = [.. Servers, new(ClientProtocol.Pop3, Host, 995, IsTlsFromStart: true)];

        Assert.Contains("Incoming mail (POP3): mail.example.org, port 995, SSL/TLS\n", Write(Anna with { Servers = everything }, "en").Text, StringComparison.Ordinal);
        var closed = Write(Anna with { Servers = everything, Access = MailboxAccess.Everything with { Imap = false, Pop3 = false, Smtp = false } }, "en").Text;
        Assert.DoesNotContain("mail.example.org", closed, StringComparison.Ordinal);
        Assert.DoesNotContain("port", Write(Anna with { Servers = [] }, "en").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_domain_s_own_words_stand_in_place_of_the_panel_s()
    {
        var letter = Write(Anna with { Opening = "Welcome to Bücher & Co.\n\nAsk the desk." }, "en");

        Assert.Contains("Hello Anna,\n\nWelcome to Bücher & Co.\n\nAsk the desk.\n\nSettings for", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("is ready", letter.Text, StringComparison.Ordinal);
        Assert.Contains("<p>Welcome to B&#xFC;cher &amp; Co.<br><br>Ask the desk.</p>", letter.Html, StringComparison.Ordinal);
    }

    /// <summary>Somebody is called a script, and an admin writes one into the opening words.</summary>
    [Fact]
    public void Names_and_words_are_text_and_never_elements()
    {
        var letter = Write(Anna with { DisplayName = "<script>alert(1)</script>", Opening = "<img src=x onerror=alert(2)>" }, "en");

        Assert.Contains("Hello &lt;script&gt;alert(1)&lt;/script&gt;,", letter.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", letter.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", letter.Html, StringComparison.Ordinal);
        Assert.Contains("Hello <script>alert(1)</script>,\n\n<img src=x onerror=alert(2)>\n", letter.Text, StringComparison.Ordinal);
    }

    private Letter Write(Welcome welcome, string language)
    {
        using var _ = Language.Use(language);
        return WelcomeLetter.Write(welcome, services.GetRequiredService<IStringLocalizer<NoticesText>>());
    }
}
