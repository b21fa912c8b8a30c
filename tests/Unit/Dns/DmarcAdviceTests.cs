using System.Globalization;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dns;
using Xunit;

namespace AdminPanel.Tests.Unit.Dns;

public sealed class DmarcAdviceTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    public void Every_step_says_what_it_does_and_what_comes_next(string language)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            var steps = Enum.GetValues<DmarcStep>().Select(step => DnsExamples.Domain with { Dmarc = step }).ToList();

            Assert.Equal(5, steps.Select(DmarcAdvice.Says).Distinct().Count());
            Assert.Equal(5, steps.Select(DmarcAdvice.Next).Distinct().Count());
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void The_first_step_leads_to_one_that_is_a_test_by_t() => Assert.Contains("p=quarantine with t=y", DmarcAdvice.Next(DnsExamples.Domain), StringComparison.Ordinal);

    [Fact]
    public void Who_reads_the_reports_is_named_and_so_is_the_address_that_is_missing()
    {
        Assert.Equal("They report each day to dmarc@reports.host.net.", DmarcAdvice.Reports(DnsExamples.Domain));
        Assert.Contains("an active address dmarc@bücher.example", DmarcAdvice.Reports(DnsExamples.Named("bücher.example")), StringComparison.Ordinal);
    }
}
