using AdminPanel.Data;
using Xunit;

namespace AdminPanel.Tests.Unit;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("5G", 5368709120, "5 GB")]
    [InlineData(" 500 mb ", 524288000, "500 MB")]
    [InlineData("1.5 GiB", 1610612736, "1536 MB")]
    [InlineData("1048576", 1048576, "1 MB")]
    [InlineData("1025", 1025, "1025 B")]
    [InlineData("2TB", 2199023255552, "2 TB")]
    [InlineData("1 B", 1, "1 B")]
    [InlineData("1048576T", 1152921504606846976, "1048576 TB")]
    public void A_size_is_bytes_and_is_shown_in_the_unit_it_was_chosen_in(string text, long bytes, string shown)
    {
        Assert.True(ByteSize.TryParse(text, out var size));
        Assert.Equal((bytes, shown), (size.Bytes, size.ToString()));
    }

    [Theory]
    [InlineData(null, "no text")]
    [InlineData("", "empty text")]
    [InlineData("G", "no number")]
    [InlineData("0", "none is an empty field, not a zero")]
    [InlineData("0.1", "less than a byte")]
    [InlineData("-5G", "below zero")]
    [InlineData("5X", "no such unit")]
    [InlineData("5GG", "two units")]
    [InlineData("1,5G", "a comma")]
    [InlineData("1e9", "an exponent")]
    [InlineData("٥G", "digits of another script")]
    [InlineData("1048577T", "beyond an exbibyte")]
    [InlineData("99999999999999999999999999999999", "beyond any number")]
    [InlineData("1152921504606846976T", "beyond what a product of decimals holds")]
    public void What_is_no_size_is_not_read(string? text, string why) => Assert.False(ByteSize.TryParse(text, out _), why);
}
