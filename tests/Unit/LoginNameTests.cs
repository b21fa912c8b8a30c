using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using Xunit;

namespace AdminPanel.Tests.Unit;

public sealed class LoginNameTests
{
    [Theory]
    [InlineData(" Ute ", "ute")]
    [InlineData("ute@MÜNCHEN.de", "ute@xn--mnchen-3ya.de")]
    [InlineData("u\u0308te", "üte")]
    public void One_person_has_one_login(string text, string expected)
    {
        Assert.True(LoginName.TryNormalize(text, out var login, out _));
        Assert.Equal(expected, login);
    }

    [Theory]
    [InlineData(null, AddressFault.Empty)]
    [InlineData("ute maier", AddressFault.LocalPartCharacter)]
    [InlineData("ute@", AddressFault.Empty)]
    [InlineData("ute@localhost", AddressFault.DomainSingleLabel)]
    public void What_nobody_could_type_again_is_no_login(string? text, AddressFault expected)
    {
        Assert.False(LoginName.TryNormalize(text, out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void A_login_longer_than_its_column_is_refused()
    {
        var label = new string('a', 63);

        Assert.False(LoginName.TryNormalize($"{new string('b', 64)}@{label}.{label}.{label}.{label[..61]}", out _, out var fault));
        Assert.Equal(AddressFault.DomainTooLong, fault);
    }
}
