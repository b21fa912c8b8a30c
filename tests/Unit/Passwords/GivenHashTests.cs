using AdminPanel.Web.Platform.Passwords;
using Xunit;

namespace AdminPanel.Tests.Unit.Passwords;

/// <summary>
/// The attack: somebody who may add mailboxes brings a hash along whose computing takes gigabytes or hours, and lets
/// Dovecot compute it at every sign-in.
/// </summary>
public sealed class GivenHashTests
{
    // From doveadm pw.
    [Theory]
    [InlineData("{ARGON2ID}$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b27dWRJJTmaaJObG")]
    [InlineData("{BLF-CRYPT}$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy")]
    [InlineData("{SHA512-CRYPT}$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/")]
    [InlineData("{SHA512-CRYPT}$6$rounds=100000$saltsalt$qFmFH")]
    [InlineData("{CRYPT}$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7")]
    [InlineData("{SSHA512.b64}qFmFHqFmFHqFmFHqFmFHqFmFHqFmFHqFmFHqFmFHqFmFHqFmFH==")]
    [InlineData("{MD5-CRYPT}$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/")]
    [InlineData("{PBKDF2}$1$saltsalt$5000$0102030405060708090a0b0c0d0e0f1011121314")]
    public void Hashes_from_other_servers_are_taken(string text) => Assert.Null(GivenHash.Check(text, ""));

    [Theory]
    [InlineData("$6$saltsalt$qFmFH", "HashWithoutScheme")]
    [InlineData("secret", "HashWithoutScheme")]
    [InlineData("{PLAIN}secret", "HashIsClear")]
    [InlineData("{CLEARTEXT}secret", "HashIsClear")]
    [InlineData("{ROT13}frperg", "HashSchemeUnknown")]
    [InlineData("{SSHA}", "HashUnreadable")]
    [InlineData("{SSHA}with space", "HashUnreadable")]
    [InlineData("{SSHA}line\nend", "HashUnreadable")]
    [InlineData("{BLF-CRYPT}$6$saltsalt$qFmFH", "HashUnreadable")]
    [InlineData("{BLF-CRYPT}$2y$10$short", "HashUnreadable")]
    [InlineData("{ARGON2ID}$argon2id$v=19$m=4194304,t=3,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub", "HashTooCostly")]
    [InlineData("{ARGON2ID}$argon2id$v=19$m=65536,t=999999,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub", "HashTooCostly")]
    [InlineData("{ARGON2ID}$argon2id$v=19$m=99999999999999999999,t=3,p=1$c29tZXNhbHQ$Rdes", "HashTooCostly")]
    [InlineData("{ARGON2ID}$argon2id$m=65536$c29tZXNhbHQ$Rdes", "HashTooCostly")]
    [InlineData("{BLF-CRYPT}$2y$31$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy", "HashTooCostly")]
    [InlineData("{CRYPT}$2y$31$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy", "HashTooCostly")]
    [InlineData("{SHA512-CRYPT}$6$rounds=999999999$saltsalt$qFmFH", "HashTooCostly")]
    [InlineData("{SHA512-CRYPT.hex}24312473", "HashUnreadable")]
    [InlineData("{PBKDF2}$1$saltsalt$50000000$0102", "HashTooCostly")]
    [InlineData("{SCRAM-SHA-256}50000000,c2FsdA==,a2V5,a2V5", "HashTooCostly")]
    [InlineData("{CRYPT}$y$jFT$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o", "HashUnreadable")]
    public void Others_are_refused_with_the_repair(string text, string code) => Assert.Equal(code, GivenHash.Check(text, "")?.Code);

    [Fact]
    public void One_that_the_column_does_not_hold_is_refused() => Assert.Equal("HashTooLong", GivenHash.Check("{SSHA}" + new string('a', 507), "")?.Code);
}
