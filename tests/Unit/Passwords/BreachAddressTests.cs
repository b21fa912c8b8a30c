using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace AdminPanel.Tests.Unit.Passwords;

/// <summary>Whom the panel would ask about new passwords, and whom it refuses to start with.</summary>
public sealed class BreachAddressTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("  ", null)]
    [InlineData("https://api.pwnedpasswords.com/range", "https://api.pwnedpasswords.com/range/")]
    [InlineData("https://breaches.example/pw/range/", "https://breaches.example/pw/range/")]
    [InlineData("http://127.0.0.1:8081/range", "http://127.0.0.1:8081/range/")]
    [InlineData("http://[::1]:8081", "http://[::1]:8081/")]
    [InlineData("http://localhost/range", "http://localhost/range/")]
    public void An_address_is_taken_and_nobody_is_the_default(string? setting, string? address) => Assert.Equal(address, Of(setting)?.AbsoluteUri);

    [Theory]
    [InlineData("http://api.pwnedpasswords.com/range", "use https")]
    [InlineData("http://192.0.2.1/range", "use https")]
    [InlineData("http://localhost.example.org/range", "use https")]
    [InlineData("yes", "write it as https://")]
    [InlineData("api.pwnedpasswords.com/range", "write it as https://")]
    [InlineData("ftp://api.pwnedpasswords.com/range", "write it as https://")]
    [InlineData("file:///etc/passwd", "write it as https://")]
    [InlineData("https://api.pwnedpasswords.com/range?mode=ntlm", "with nothing behind it")]
    [InlineData("https://key@breaches.example/range", "write it as https://")]
    public void Another_is_refused_with_its_repair(string setting, string repair) =>
        Assert.Contains(repair, Assert.Throws<SettingException>(() => Of(setting)).Message, StringComparison.Ordinal);

    private static Uri? Of(string? setting) =>
        BreachAddress.Of(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Panel:BreachService", setting)]).Build());
}
