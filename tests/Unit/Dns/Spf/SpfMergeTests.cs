using AdminPanel.Web.Features.Dns.Spf;
using Xunit;

namespace AdminPanel.Tests.Unit.Dns.Spf;

/// <summary>What to publish where somebody else's record is there already.</summary>
public sealed class SpfMergeTests
{
    [Theory]
    [InlineData("v=spf1 include:_spf.example.net -all", "v=spf1 include:_spf.example.net mx -all")]
    [InlineData("v=spf1 ip4:192.0.2.1 ?include:a.example ~all", "v=spf1 ip4:192.0.2.1 ?include:a.example mx ~all")]
    [InlineData("v=spf1 include:a.example MX -all", "v=spf1 include:a.example MX -all")]
    [InlineData("V=SPF1  include:a.example", "v=spf1 include:a.example mx")]
    [InlineData("v=spf1 redirect=_spf.example.net", "v=spf1 mx redirect=_spf.example.net")]
    [InlineData("v=spf1 a exp=why.example -all", "v=spf1 a exp=why.example mx -all")]
    [InlineData("v=spf1 -all", null)]
    [InlineData("v=spf1 include: -all", null)]
    [InlineData("google-site-verification=x", null)]
    public void Its_terms_are_kept_and_ours_stand_before_all(string found, string? merged) => Assert.Equal(merged, SpfMerge.Of("v=spf1 mx -all", [found]));

    /// <summary>What the gentler one lets through is not refused by the one that is left.</summary>
    [Fact]
    public void Several_become_one()
    {
        Assert.Equal("v=spf1 include:a.example ip4:192.0.2.1 mx ~all", SpfMerge.Of("v=spf1 mx -all", ["v=spf1 include:a.example -all", "a text", "v=spf1 ip4:192.0.2.1 include:A.example ~all"]));
        Assert.Null(SpfMerge.Of("v=spf1 mx -all", ["v=spf1 include:a.example -all", "v=spf1 redirect=b.example"]));
        Assert.Null(SpfMerge.Of("v=spf1 mx -all", []));
    }
}
