using AdminPanel.Web.Features.Dkim;
using Xunit;

namespace AdminPanel.Tests.Unit.Dkim;

/// <summary>A record is what a verifier makes of it, however somebody has typed it.</summary>
public sealed class DkimRecordTests
{
    private static readonly DkimRecord Wanted = new("rsa", "QUJD");

    [Theory]
    [InlineData("v=DKIM1; k=rsa; h=sha256; p=QUJD")]
    [InlineData("p=QUJD")]
    [InlineData("v=DKIM1;p=QU JD ;k=rsa;")]
    [InlineData(" v = DKIM1 ; n=who; p = Q U\tJD")]
    public void The_same_key_in_other_words_is_right(string text) => Assert.Equal(Wanted, DkimRecord.Parse(text));

    [Theory]
    [InlineData("v=DKIM1; p=")]
    [InlineData("v=DKIM1; p=QUJE")]
    [InlineData("v=DKIM1; k=ed25519; p=QUJD")]
    public void Another_key_a_revoked_one_and_another_kind_are_not(string text) => Assert.NotEqual(Wanted, DkimRecord.Parse(text)!);

    [Theory]
    [InlineData("")]
    [InlineData("v=spf1 -all")]
    [InlineData("v=DKIM2; p=QUJD")]
    [InlineData("v=DKIM1; k=rsa")]
    [InlineData("p=QUJD; p=QUJE")]
    [InlineData("v=DKIM1; QUJD")]
    public void What_is_no_key_record_is_none(string text) => Assert.Null(DkimRecord.Parse(text));
}
