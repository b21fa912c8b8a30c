using System.Text.RegularExpressions;
using AdminPanel.Web.Platform.Passwords;
using Xunit;

namespace AdminPanel.Tests.Unit.Passwords;

/// <summary>The hashes were written by `doveadm pw` and, for yescrypt, by crypt(3) itself: what Dovecot takes, the panel takes.</summary>
public sealed class PasswordHasherTests : IDisposable
{
    private const string Password = "Grüße, Kapitän 7!";

    private readonly PasswordHasher hasher = new();

    public static TheoryData<string> HashesOfDoveadm =>
    [
        "{ARGON2ID}$argon2id$v=19$m=65536,t=3,p=1$wBgtQzYX3uyBhf2mIhAhQg$IsJgK9ViObCMHbtzJ5svsPs97kRM8YTKz4MISfEFJTs",
        "{ARGON2I}$argon2i$v=19$m=32768,t=4,p=1$gS/pMSJBxN8o2TCetPbBpw$kAPrYqM1xutlgza0qZety9WC/IVbK5cpsCgPJ24XIsw",
        "{BLF-CRYPT}$2y$05$hAqWVNfVRbFerXmrnEGVIeB/aDlEft7Z84YBTM47ArRxmYfiDslpu",
        "{SHA512-CRYPT}$6$WPjSURD.9ULXMCaX$YFdJLqu3zrwQ.b1U2EwfpqHJ5u6CmRvDtWI77Yifwt9LlwgWl3nybU2SUDp1RuaOn1Y7WiexFzFjJyJkbeArl0",
        "{SHA256-CRYPT}$5$O.hOT4BrVlD.eC2G$5GO8xikGrEQZ8eqqTaUpyncdpRUQ9VnCdX41sUXqDh1",
        "{MD5-CRYPT}$1$pbF4/ovo$jucKFiEouKfMk591QxZPQ1",
        "{DES-CRYPT}e2FDMi7dsMF6o",
        "{CRYPT}$2y$05$BVm41eCvVUfWrVpEedKOaeOnntsPQ5rbU4Eso1hJ9c5Q8uqjSTaem",
        "{CRYPT}$y$j75$xJve6jGb7BvfTnPcuIqyn1$xyu/U0FBSn0brxWzgL3cEKd8VzJohuHI1UmqM/NI5wA",
        "{SSHA512}UPo3U18+hPno0ulyV4PKWx3LUiAeP0kCNuliuy5E1hqRlzmvV17h2svv3eXttFN32x5KLXe4vEEeNctVWPe5ffFab20=",
        "{SSHA256}XP6dlHJCV2xHFwh9hO14FEFHMuOC9m0PSTS6vvE6Kfa21GDf",
        "{SSHA}R9eoJBX4fO7eZ3NLVNKWbIF8mvbKnlh5",
        "{SMD5}Tbz7hbZMIwvH5mqbMOHvgynDWUw=",
        "{SHA512}D7l8zb8YtVUiH1bOtewKo+7hlBmrhUd3p1DfGouB5nWQVqJc7rRGYhViP+Mv1dSG2XytUbZcW9D36qCu6DOHFg==",
        "{SHA256}uMb7rNDw+H2h6ZpesO3oaDyv/r3VMBxxL2q2XcgH6S0=",
        "{SHA}ZVZvWYnwrUsxWjVQJZDjkzoXDog=",
        "{PLAIN-MD5}e3f1c512e2432dc1db121e63bab587bf",
        "{LDAP-MD5}4/HFEuJDLcHbEh5jurWHvw==",
        "{PBKDF2}$1$.zxR6ytxQV4awUW0$5000$43c8fb52c7d1c4f23cf5af869c76c502912f801d",
        "{SCRAM-SHA-1}4096,58eFiiYFAkz+Iz6PRQ3TEA==,4z+PMcjbBkiD+KrC1DyOYlUtBlE=,3/zyDN9KtPGdtaomgyy7LBOLePQ=",
        "{SCRAM-SHA-256}4096,PWJIHwpnRkJ1r0fkKXhKRw==,jKQYPQl+fa7k62rZJDmRkbCZOe5oYUAfmFgNZG4MynM=,PM0+z6y+QD9NePSo81gx/0qTVUFBQM/d9Pt9wxQX2Lg=",
        "{CRAM-MD5}0c118fbb65ba588eb57d31a0bbcdc96c2721e1f8656a667f3b37a916e723df74",
        "{PLAIN}Grüße, Kapitän 7!",
        "{SSHA512.HEX}bea98d6b5134b22500170c09d7eaf71eca7b5ad9d0fc589642b1c0831c24f7ca3f582b2599241ac9f6123ff217488962b0463daa1fd2f430ede20addff35df2ff1b9f67f",
        "{SSHA256.B64}VX8+iWsQuueKNUaePj4JKfmFAHQ0iZCQe0OmMqXbbPKtCkDY",
        "{SHA.HEX}65566f5989f0ad4b315a35502590e3933a170e88",
        "{CRAM-MD5.B64}DBGPu2W6WI61fTGgu83JbCch4fhlamZ/OzepFucj33Q=",
        "{CRAM-MD5.HEX}0c118fbb65ba588eb57d31a0bbcdc96c2721e1f8656a667f3b37a916e723df74",
        "{SHA512-CRYPT.HEX}2436246f5074796e6a645a546c5939662e5a592454474870454844795866784e4e4276355a34783837744437716f4c793158496c64677538392e6b2e3433697149354f597a476f682f786a6f4c2e5348432e6a6f5637714c373244543741752f3447513948474f397131",
        "{PLAIN.B64}R3LDvMOfZSwgS2FwaXTDpG4gNyE=",
        "{PLAIN-MD5.B64}4/HFEuJDLcHbEh5jurWHvw==",
        "{LDAP-MD5.HEX}e3f1c512e2432dc1db121e63bab587bf",
        "{SCRAM-SHA-256.HEX}343039362c69432b74447a6e67664672556364326e7a67335854413d3d2c535264452f6b474d6a424c2f746e515a664e364a6f5474696176456b6d344b6855413972495959585850773d2c4468766b5050746e51327a684b4f6f6e76795a424571755644572b644e594235673754625075784b5358673d",
    ];

    public void Dispose() => hasher.Dispose();

    [Theory]
    [MemberData(nameof(HashesOfDoveadm))]
    public void A_hash_of_doveadm_matches_its_password(string stored) => Assert.True(hasher.Verify(stored, Password).Matches);

    [Theory]
    [MemberData(nameof(HashesOfDoveadm))]
    // DES reads 8 octets only, so the difference stands at the beginning.
    public void A_hash_of_doveadm_refuses_another_password(string stored) => Assert.False(hasher.Verify(stored, "grüße, Kapitän 7!").Matches);

    [Theory]
    [MemberData(nameof(HashesOfDoveadm))]
    public void Only_the_scheme_of_new_hashes_is_kept_at_sign_in(string stored) =>
        Assert.Equal(!stored.StartsWith("{ARGON2ID}", StringComparison.Ordinal), hasher.Verify(stored, Password).NeedsRehash);

    [Fact]
    public void A_new_hash_matches_its_password_and_no_other()
    {
        var stored = hasher.Hash(Password);

        Assert.Matches(new Regex(@"^\{ARGON2ID\}\$argon2id\$v=19\$m=65536,t=3,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$"), stored);
        Assert.Equal(new PasswordCheck(Matches: true, NeedsRehash: false), hasher.Verify(stored, Password));
        Assert.Equal(default, hasher.Verify(stored, Password + " "));
    }

    [Fact]
    public void Two_hashes_of_one_password_differ() => Assert.NotEqual(hasher.Hash(Password), hasher.Hash(Password));

    [Theory]
    [InlineData("", "nothing stored")]
    [InlineData("{ARGON2ID}", "a scheme and no hash")]
    [InlineData("{ARGON2ID}$argon2id$v=19$m=65536,t=3,p=1$x$y", "a broken argon2 string")]
    [InlineData("{SHA512-CRYPT}*0", "crypt's own word for failure")]
    [InlineData("{CRYPT}*", "a locked account")]
    [InlineData("{BLF-CRYPT}$2y$99$hAqWVNfVRbFerXmrnEGVIeB/aDlEft7Z84YBTM47ArRxmYfiDslpu", "a cost that bcrypt does not have")]
    [InlineData("{SSHA512}%%%", "no base64")]
    [InlineData("{SSHA512}UPo3", "shorter than the digest")]
    [InlineData("{PBKDF2}$1$salt$999999999$43c8fb52c7d1c4f23cf5af869c76c502912f801d", "rounds for hours")]
    [InlineData("{SCRAM-SHA-256}4096,PWJIHwpnRkJ1r0fkKXhKRw==", "half a SCRAM record")]
    [InlineData("{DIGEST-MD5}00467ca02bbde061cc57bb82e9ecdc61", "needs the user name: for mail programs only")]
    [InlineData("{SHA512-CRYPT.ROT13}x", "an encoding nobody has")]
    [InlineData("{}x", "an empty scheme")]
    [InlineData("{PLAIN", "no end of the scheme")]
    [InlineData("e3f1c512e2432dc1db121e63bab587bf", "a bare digest, whose scheme nobody knows")]
    public void What_cannot_be_checked_never_matches(string stored, string why) =>
        Assert.False(hasher.Verify(stored, Password).Matches, why);

    [Fact]
    public void A_plain_password_that_looks_like_the_hash_does_not_match() =>
        Assert.False(hasher.Verify("{SHA512}" + "D7l8zb8YtVUi", "D7l8zb8YtVUi").Matches);

    [Fact]
    public async Task Sixteen_threads_get_the_answers_of_one()
    {
        var stored = hasher.Hash(Password);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(i => Task.Run(() => hasher.Verify(stored, i % 2 == 0 ? Password : "another password").Matches)));

        Assert.Equal(Enumerable.Range(0, 16).Select(i => i % 2 == 0), answers);
    }
}
