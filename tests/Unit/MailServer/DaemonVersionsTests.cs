using AdminPanel.Data;
using AdminPanel.Web.Features.MailServer;
using Xunit;

namespace AdminPanel.Tests.Unit.MailServer;

public sealed class DaemonVersionsTests
{
    // As the programs print them on Debian 12 and 13, and as people name them.
    [Theory]
    [InlineData("2.3.19.1 (9b53102964)", "3.7.11", "2.3", "3.7")]
    [InlineData("2.4.1-4 (7d8c0e5759)", "3.10.13", "2.4", "3.10")]
    [InlineData("2.3", "3.8", "2.3", "3.8")]
    [InlineData("2.4", "3.9", "2.4", "3.9")]
    [InlineData("2.4.2", "3.9.0\n", "2.4", "3.9")]
    public void A_version_that_is_known_is_read_from_what_the_daemon_prints(string dovecot, string postfix, string expectedDovecot, string expectedPostfix)
    {
        var versions = Assert.IsType<Outcome<DaemonVersions>.Done>(DaemonVersions.Read(dovecot, postfix), exactMatch: true).Value;

        Assert.Equal((expectedDovecot, expectedPostfix), (versions.Dovecot, versions.Postfix));
    }

    [Theory]
    [InlineData("2.2.36", "3.10.13", "--dovecot", "DaemonVersionUnknown")]
    [InlineData("2.5.0", "3.10.13", "--dovecot", "DaemonVersionUnknown")]
    [InlineData("2.40", "3.10.13", "--dovecot", "DaemonVersionUnknown")]
    [InlineData("3", "3.10.13", "--dovecot", "DaemonVersionUnknown")]
    [InlineData("", "3.10.13", "--dovecot", "DaemonVersionUnknown")]
    [InlineData("a 2.4.1", "3.10.13", "--dovecot", "DaemonVersionUnknown")]
    [InlineData("2.4.0", "3.10.13", "--dovecot", "DaemonVersionTooOld")]
    [InlineData(null, "3.10.13", "--dovecot", "DaemonMissing")]
    [InlineData("2.4.1", "3.6.4", "--postfix", "DaemonVersionUnknown")]
    [InlineData("2.4.1", "3.11.0", "--postfix", "DaemonVersionUnknown")]
    [InlineData("2.4.1", "3.1", "--postfix", "DaemonVersionUnknown")]
    [InlineData("2.4.1", "3.7.6", "--postfix", "DaemonVersionTooOld")]
    [InlineData("2.4.1", "3.8.4", "--postfix", "DaemonVersionTooOld")]
    [InlineData("2.4.1", null, "--postfix", "DaemonMissing")]
    public void Another_is_refused(string? dovecot, string? postfix, string field, string code)
    {
        var refused = Assert.IsType<Outcome<DaemonVersions>.Refused>(DaemonVersions.Read(dovecot, postfix), exactMatch: true);

        var problem = Assert.Single(refused.Problems);
        Assert.Equal((field, code), (problem.Field, problem.Code));
    }

    [Fact]
    public void Both_are_refused_at_once()
    {
        var refused = Assert.IsType<Outcome<DaemonVersions>.Refused>(DaemonVersions.Read(null, "4.0"), exactMatch: true);

        Assert.Equal(["--dovecot", "--postfix"], refused.Problems.Select(problem => problem.Field));
        Assert.Equal("--postfix 3.10", refused.Problems[1].Args[^1]);
    }
}
