using System.Text;
using System.Text.Json;
using AdminPanel.Web.Features.MailSignIns;
using Xunit;

namespace AdminPanel.Tests.Unit.MailSignIns;

/// <summary>Events as Dovecot 2.3.19 sent them.</summary>
public sealed class SignInReportTests
{
    [Fact]
    public void A_sign_in_is_read_with_whose_it_is_where_from_and_how_it_ended()
    {
        var accepted = Read("""{"event":"auth_request_finished","hostname":"mx","start_time":"2026-11-21T09:09:32.171860Z","end_time":"2026-11-21T09:09:32.172135Z","categories":["auth","service:auth"],"fields":{"user":"a@example.org","service":"imap","remote_ip":"192.0.2.9","success":"yes"}}""");
        var newer = Read("""{"event":"auth_request_finished","hostname":"mx","start_time":"2026-11-21T22:56:54.865254Z","end_time":"2026-11-21T22:56:54.876169Z","categories":["service:auth","auth"],"fields":{"user":"a@example.org","protocol":"imap","remote_ip":"192.0.2.9","success":"yes"}}""");
        var refused = Read("""{"event":"auth_request_finished","fields":{"user":"a@example.org","service":"smtp","remote_ip":"192.0.2.9"}}""");

        Assert.Equal(new SignInReport("a@example.org", "imap", "192.0.2.9", IsAccepted: true), accepted);
        Assert.Equal(new SignInReport("a@example.org", "smtp", "192.0.2.9", IsAccepted: false), refused);
    }

    [Theory]
    [InlineData("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64")]
    [InlineData("::ffff:192.0.2.9", "192.0.2.9")]
    [InlineData("::1", "::1")]
    public void An_ipv6_address_stands_for_its_network(string remote, string place) =>
        Assert.Equal(place, Read($$$"""{"event":"auth_request_finished","fields":{"user":"a@example.org","service":"imap","remote_ip":"{{{remote}}}"}}""")!.RemoteAddress);

    [Theory]
    [InlineData("""{"event":"imap_command_finished","fields":{"user":"a@example.org","service":"imap","remote_ip":"192.0.2.9"}}""")] // Another event.
    [InlineData("""{"event":"auth_request_finished","fields":{"user":"","service":"imap","remote_ip":"192.0.2.9"}}""")] // A name with characters that Dovecot refuses unread.
    [InlineData("""{"event":"auth_request_finished","fields":{"user":"a@example.org","service":"imap"}}""")] // doveadm asks from nowhere.
    [InlineData("""{"event":"auth_request_finished","fields":{"user":"a@example.org","service":"imap","remote_ip":"<script>"}}""")]
    [InlineData("""{"event":"auth_request_finished","fields":{"user":"a@example.org","service":"a-protocol-of-no-known-name","remote_ip":"192.0.2.9"}}""")]
    [InlineData("""{"event":"auth_request_finished","fields":{"user":7,"service":"imap","remote_ip":"192.0.2.9"}}""")]
    [InlineData("""{"event":"auth_request_finished"}""")]
    [InlineData("""[]""")]
    [InlineData("null")]
    public void What_says_nothing_about_a_mailbox_is_passed_over(string json) => Assert.Null(Read(json));

    [Fact]
    public void What_is_not_json_is_an_error() => Assert.ThrowsAny<JsonException>(() => Read("""{"event":"auth_request_fin"""));

    private static SignInReport? Read(string json) => SignInReport.Read(Encoding.UTF8.GetBytes(json));
}
