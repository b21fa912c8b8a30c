using AdminPanel.Data.Addresses;
using Xunit;

namespace AdminPanel.Tests.Unit.Addresses;

public sealed class RecipientDelimiterTests
{
    [Theory]
    [InlineData("+", "office+orders", "office")]
    [InlineData("+", "office+orders+x", "office")]
    [InlineData("+", "office-orders", null)]
    [InlineData("+", "+orders", null)]
    [InlineData("+", "office+", "office")]
    [InlineData("-", "office-orders-x", "office")]
    [InlineData("-", "office+orders", null)]
    [InlineData("none", "office+orders", null)]
    [InlineData("none", "none", null)]
    [InlineData(null, "office+orders", "office")]
    [InlineData("nonsense", "office+orders", "office")]
    public void An_extension_begins_at_the_first_delimiter(string? stored, string localPart, string? expected) =>
        Assert.Equal(expected, RecipientDelimiter.Of(stored).WithoutExtension(localPart));

    [Theory]
    [InlineData("-", "anna-lena", true)]
    [InlineData("-", "-anna", true)]
    [InlineData("-", "anna", false)]
    [InlineData("none", "anna-lena", false)]
    public void A_mailbox_with_the_delimiter_in_its_name_is_cut(string stored, string localPart, bool expected) =>
        Assert.Equal(expected, RecipientDelimiter.Of(stored).Cuts(localPart));

    /// <summary>It stands between quotes in SQL and unquoted in Dovecot's files.</summary>
    [Fact]
    public void No_sign_means_more_than_itself_in_a_file() => Assert.All(RecipientDelimiter.Signs, sign => Assert.Matches(@"^[+_-]\z", sign));
}
