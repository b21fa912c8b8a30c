using AdminPanel.Data.Addresses;
using Xunit;

namespace AdminPanel.Tests.Unit.Addresses;

public sealed class LookAlikeTests
{
    [Theory]
    [InlineData("pаypal.example", "xn--pypal-4ve.example", "a Cyrillic а among Latin letters")]
    [InlineData("gοοgle.example", "xn--ggle-0nda.example", "Greek omicrons among Latin letters")]
    [InlineData("аррӏе.example", "xn--80ak6aa92e.example", "Cyrillic letters alone, each with a Latin twin")]
    [InlineData("www.pаypal.de", "www.xn--pypal-4ve.de", "one label of three")]
    public void A_name_that_is_taken_for_another_is_shown_as_dns_has_it(string typed, string shown, string why)
    {
        var name = DomainName.Parse(typed);

        Assert.True(name.IsLookAlike, why);
        Assert.Equal((shown, typed), (name.Unicode, name.ULabels));
    }

    [Theory]
    [InlineData("münchen.de")]
    [InlineData("почта.example")]
    [InlineData("рос.рф")]
    [InlineData("ελλάδα.example")]
    [InlineData("例え.テスト")]
    [InlineData("東京tokyoタワー.example")]
    [InlineData("北京.example")]
    [InlineData("한국kr.example")]
    [InlineData("人々.example")]
    [InlineData("مثال.example")]
    [InlineData("example.org")]
    public void A_name_that_is_written_so_somewhere_is_shown_as_it_is_read(string typed)
    {
        var name = DomainName.Parse(typed);

        Assert.False(name.IsLookAlike);
        Assert.Equal(typed, name.Unicode);
    }
}
