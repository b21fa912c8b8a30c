using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dkim;
using Xunit;

namespace AdminPanel.Tests.Unit.Dkim;

public sealed class DkimSelectorTests
{
    [Theory]
    [InlineData(" S2026a ", "s2026a")]
    [InlineData("mail.2026", "mail.2026")]
    [InlineData("", null)]
    [InlineData("-a", null)]
    [InlineData("a-", null)]
    [InlineData("a..b", null)]
    [InlineData("a.", null)]
    [InlineData("a_b", null)]
    [InlineData("ä", null)]
    [InlineData("a\nb", null)]
    public void It_is_DNS_labels_in_lower_case(string text, string? stored) => Assert.Equal(stored, DkimSelector.Read(text));

    [Fact]
    public void It_is_no_longer_than_its_column() => Assert.Equal((null, DkimKey.MaxSelector), (DkimSelector.Read(new string('a', 64)), DkimSelector.Read(new string('a', 63))!.Length));

    [Fact]
    public void The_next_free_name_of_the_year_is_taken()
    {
        Assert.Equal("s2026a", DkimSelector.Next(DkimAlgorithm.Rsa, 2026, []));
        Assert.Equal("s2026c", DkimSelector.Next(DkimAlgorithm.Rsa, 2026, ["s2026a", "s2026b", "e2026a"]));
        Assert.Equal("e2026b", DkimSelector.Next(DkimAlgorithm.Ed25519, 2026, ["e2026a"]));
        Assert.Equal("s2026aa", DkimSelector.Next(DkimAlgorithm.Rsa, 2026, [.. Enumerable.Range(0, 26).Select(n => $"s2026{(char)('a' + n)}")]));
    }
}
