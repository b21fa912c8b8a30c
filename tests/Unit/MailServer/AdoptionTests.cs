using AdminPanel.Data;
using AdminPanel.Web.Features.MailServer.Apply;
using Xunit;

namespace AdminPanel.Tests.Unit.MailServer;

/// <summary>What somebody wrote into main.cf, read as settings of the panel.</summary>
public sealed class AdoptionTests
{
    private static readonly string Applied = TestSettings.Render(TestSettings.With()).Single(file => file.Path == Adoption.File).Text;

    [Theory]
    [InlineData("message_size_limit", "7000000", "message_size_limit", "7000000")]
    [InlineData("relayhost", "[192.0.2.7]:587", "relayhost", "[192.0.2.7]:587")]
    [InlineData("myhostname", "mx.example.com", "host_name", "mx.example.com")]
    [InlineData("smtpd_client_message_rate_limit", "0", "client_message_rate", "none")]
    [InlineData("smtpd_client_connection_rate_limit", "5", "client_connection_rate", "5")]
    [InlineData("smtpd_tls_mandatory_protocols", ">=TLSv1.3", "tls_minimum", "1.3")]
    public void A_parameter_that_a_setting_decides_is_that_setting(string parameter, string value, string setting, string adopted)
    {
        // As postconf -e does it: the line in its place.
        var there = string.Join('\n', Applied.Split('\n').Where(line => !line.StartsWith(parameter + " =", StringComparison.Ordinal)).Append($"{parameter} = {value}"));

        var read = (Outcome<IReadOnlyDictionary<string, string?>>.Done)Adoption.Read("/etc/postfix/main.cf", Applied, there);

        Assert.Equal(new Dictionary<string, string?> { [setting] = adopted }, read.Value);
    }

    [Fact]
    public void A_next_hop_that_was_taken_out_is_none()
    {
        var relayed = TestSettings.Render(TestSettings.With("relayhost", "[192.0.2.7]:587")).Single(file => file.Path == Adoption.File).Text;

        var read = (Outcome<IReadOnlyDictionary<string, string?>>.Done)Adoption.Read("/etc/postfix/main.cf", relayed, relayed.Replace("relayhost = [192.0.2.7]:587", "relayhost =", StringComparison.Ordinal));

        Assert.Equal(new Dictionary<string, string?> { ["relayhost"] = "none" }, read.Value);
    }

    [Theory]
    [InlineData("soft_bounce = yes", "soft_bounce")]
    [InlineData("mynetworks = 0.0.0.0/0", "mynetworks")]
    [InlineData("virtual_alias_maps = hash:/etc/postfix/mine", "virtual_alias_maps")]
    [InlineData("header_checks = pcre:/etc/postfix/mine", "header_checks")]
    public void A_parameter_that_no_setting_decides_is_named(string line, string parameter)
    {
        var read = Adoption.Read("/etc/postfix/main.cf", Applied, Applied + line + "\nmessage_size_limit = 7000000\n");

        var problem = Assert.Single(((Outcome<IReadOnlyDictionary<string, string?>>.Refused)read).Problems);
        Assert.Equal(("AdoptUnknown", parameter), (problem.Code, problem.Args[1]));
    }

    [Fact]
    public void A_parameter_that_was_taken_out_is_named()
    {
        var there = Applied.Replace("smtpd_helo_required = yes\n", "", StringComparison.Ordinal);

        var problem = Assert.Single(((Outcome<IReadOnlyDictionary<string, string?>>.Refused)Adoption.Read("/etc/postfix/main.cf", Applied, there)).Problems);
        Assert.Equal("smtpd_helo_required", problem.Args[1]);
    }

    [Fact]
    public void Comments_spaces_and_continued_lines_change_nothing()
    {
        Assert.True(Adoption.AreSame("a = b, c\nd = e\n", "# mine\n\na =  b,\n  # a comment between\n\tc\nd=e"));
        Assert.True(Adoption.AreSame("a = 2\n", "a = 1\na = 2\n"));
        Assert.False(Adoption.AreSame("a = b\n", "a = b\nc = d\n"));
    }
}
