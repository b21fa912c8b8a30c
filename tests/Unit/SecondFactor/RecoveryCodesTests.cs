using AdminPanel.Data.Model;
using AdminPanel.Web.Features.SecondFactor;
using Xunit;

namespace AdminPanel.Tests.Unit.SecondFactor;

/// <summary>Codes for the day when the phone is gone.</summary>
public sealed class RecoveryCodesTests
{
    [Fact]
    public void They_are_many_and_different_and_never_six_signs_long()
    {
        var codes = RecoveryCodes.New();

        Assert.Equal(RecoveryCode.Given, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[a-z2-9]{4}(-[a-z2-9]{4}){3}$", code));
    }

    [Fact]
    public void However_somebody_types_one_it_is_the_same()
    {
        var code = RecoveryCodes.New()[0];

        foreach (var typed in (string[])[code, code.ToUpperInvariant(), code.Replace("-", "", StringComparison.Ordinal), $" {code.Replace('-', ' ')}\t"])
            Assert.Equal(RecoveryCodes.Digest(code), RecoveryCodes.Digest(typed));
        Assert.NotEqual(RecoveryCodes.Digest(code), RecoveryCodes.Digest(code[..^1] + (code[^1] == 'a' ? 'b' : 'a')));
    }
}
