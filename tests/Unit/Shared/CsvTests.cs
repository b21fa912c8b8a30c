using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Unit.Shared;

public sealed class CsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49", "'+49")]
    [InlineData("-x@example.org", "'-x@example.org")]
    [InlineData("@example.org", "'@example.org")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("o'connor <script> % _ \\ 🦊", "o'connor <script> % _ \\ 🦊")]
    public void A_field_is_quoted_where_it_must_be_and_never_a_formula(string field, string written) =>
        Assert.Equal($"{written},2\r\n", Csv.Line([field, "2"]));
}
