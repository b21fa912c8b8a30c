using System.Text;
using System.Text.Json;
using AdminPanel.Web.Features.MailSignIns;
using Xunit;

namespace AdminPanel.Tests.Unit.MailSignIns;

/// <summary>Reports as Dovecot 2.3.19 and 2.4.1 sent them.</summary>
public sealed class SignInReportTests
{
    [Fact]
    public void A_sign_in_is_read_with_whose_it_is_where_from_and_how_it_ended()
    {
        var accepted = Read("""{"app_password":"","login":"a@example.org","master":"","protocol":"imap","remote":"192.0.2.9","success":true,"policy_reject":false,"tls":true}""");
        var newer = Read("""{"app_password":"17","device_id":"","fail_type":"","login":"a@example.org","master":"","protocol":"imap","pwhash":"","remote":"192.0.2.9","session_id":"","success":true,"policy_reject":false,"tls":true}""");
        var refused = Read("""{"app_password":"","login":"a@example.org","protocol":"smtp","remote":"192.0.2.9","success":false,"policy_reject":false,"tls":true}""");

        Assert.Equal(new SignInReport("a@example.org", "imap", "192.0.2.9", IsAccepted: true), accepted);
        Assert.Equal(new SignInReport("a@example.org", "imap", "192.0.2.9", IsAccepted: true, AppPassword: 17), newer);
        Assert.Equal(new SignInReport("a@example.org", "smtp", "192.0.2.9", IsAccepted: false), refused);
    }

    [Theory]
    [InlineData("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64")]
    [InlineData("::ffff:192.0.2.9", "192.0.2.9")]
    [InlineData("::1", "::1")]
    public void An_ipv6_address_stands_for_its_network(string remote, string place) =>
        Assert.Equal(place, Read($$$"""{"login":"a@example.org","protocol":"imap","remote":"{{{remote}}}","success":false}""")!.RemoteAddress);

    [Theory]
    [InlineData("""{"login":"","protocol":"imap","remote":"192.0.2.9","success":false}""")] // A name with characters that Dovecot refuses unread.
    [InlineData("""{"login":"a@example.org","protocol":"imap","remote":"","success":true}""")] // doveadm asks from nowhere.
    [InlineData("""{"login":"a@example.org","protocol":"imap","success":true}""")]
    [InlineData("""{"login":"a@example.org","protocol":"imap","remote":"<script>","success":true}""")]
    [InlineData("""{"login":"a@example.org","protocol":"a-protocol-of-no-known-name","remote":"192.0.2.9","success":true}""")]
    [InlineData("""{"login":"a@example.org","protocol":"imap","remote":"192.0.2.9","success":"yes"}""")]
    [InlineData("""{"login":"a@example.org","protocol":"imap","remote":"192.0.2.9"}""")]
    [InlineData("""{"login":7,"protocol":"imap","remote":"192.0.2.9","success":true}""")]
    [InlineData("""{"login":"a@example.org","master":"adminpanel","protocol":"sieve","remote":"127.0.0.1","success":true}""")] // The panel itself.
    [InlineData("""{"login":"a@example.org","master":"","signs_in":"adminpanel","protocol":"sieve","remote":"127.0.0.1","success":false}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("null")]
    public void What_says_nothing_about_a_mailbox_is_passed_over(string json) => Assert.Null(Read(json));

    [Theory]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999")]
    public void What_is_no_number_of_an_app_password_is_none(string id) =>
        Assert.Null(Read($$"""{"app_password":"{{id}}","login":"a@example.org","protocol":"imap","remote":"192.0.2.9","success":true}""")!.AppPassword);

    [Fact]
    public void What_is_not_json_is_an_error() => Assert.ThrowsAny<JsonException>(() => Read("""{"login":"a@exam"""));

    private static SignInReport? Read(string json) => SignInTry.Read(Encoding.UTF8.GetBytes(json))?.Report;
}
