using System.Text;
using AdminPanel.Web.Features.SecondFactor;
using Xunit;

namespace AdminPanel.Tests.Unit.SecondFactor;

/// <summary>Codes of authenticator apps, by the vectors of the standards.</summary>
public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238 appendix B, SHA-1; the last six of its eight digits.</summary>
    [Theory]
    [InlineData("1970-01-01T00:00:59Z", "287082")]
    [InlineData("2005-03-18T01:58:29Z", "081804")]
    [InlineData("2005-03-18T01:58:31Z", "050471")]
    [InlineData("2009-02-13T23:31:30Z", "005924")]
    [InlineData("2033-05-18T03:33:20Z", "279037")]
    [InlineData("2603-10-11T11:33:20Z", "353130")]
    public void Codes_are_those_of_the_standard(string at, string code) => Assert.Equal(code, Totp.Code(Secret, Totp.StepAt(Time(at))));

    [Fact]
    public void A_clock_may_be_off_by_one_step_and_not_by_two()
    {
        var now = Time("2026-11-22T12:00:15Z");
        var step = Totp.StepAt(now);

        Assert.Equal(step, Totp.Find(Secret, Totp.Code(Secret, step), now));
        Assert.Equal(step - 1, Totp.Find(Secret, Totp.Code(Secret, step - 1), now));
        Assert.Equal(step + 1, Totp.Find(Secret, Totp.Code(Secret, step + 1), now));
        foreach (var off in (long[])[-2, 2, 100]) Assert.Null(Totp.Find(Secret, Totp.Code(Secret, step + off), now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000")]
    [InlineData("0000000")]
    [InlineData("abcdef")]
    [InlineData("۱۲۳۴۵۶")]
    public void What_is_no_code_is_none(string typed) => Assert.Null(Totp.Find(Secret, typed, Time("2026-11-22T12:00:15Z")));

    /// <summary>RFC 4648 section 10, without padding.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void A_secret_is_typed_in_base32(string octets, string text) => Assert.Equal(text, Totp.Base32(Encoding.ASCII.GetBytes(octets)));

    [Fact]
    public void An_app_reads_whose_it_is_from_the_address() => Assert.Equal(
        "otpauth://totp/panel.example.org:bob%2Bx%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=panel.example.org", Totp.Uri("panel.example.org", "bob+x@example.org", Secret));

    private static DateTime Time(string at) => DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
}
