using AdminPanel.Web.Platform.Passwords;
using Xunit;

namespace AdminPanel.Tests.Unit.Passwords;

/// <summary>
/// Hashes as other mail panels have stored them: prefixes in lower case, Courier's {MD5}, PHP's crypt without any
/// prefix. Where the prefix is missing and the text does not say the scheme, only the old panel's settings know it.
/// </summary>
public sealed class ImportedPasswordTests : IDisposable
{
    private readonly PasswordHasher hasher = new();

    public void Dispose() => hasher.Dispose();

    [Theory]
    [InlineData("test", "{md5raw}098f6bcd4621d373cade4e832627b4f6", "a prefix in lower case")]
    [InlineData("test", "{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=", "Courier's SHA")]
    [InlineData("test", "{SHA1}qUqP5cyxm6YcTAhz05Hph5gvu9M=", "SHA under its other name")]
    [InlineData("test123", "{SHA1.B64}cojt0Pw//L6ToM8G41aOKFIWh7w=", "base64 said twice")]
    [InlineData("foo", "$6$ijF8bgunALqnEHTo$LHVa6XQBpM5Gt16RMFQuXqrGAS0y0ymaLS8pnkeVUTSx3t2DrGqWwRj6q4ef3V3SWYkb5xkuN9bv7joxNd8kA1", "no prefix, SHA-512")]
    [InlineData("foo", "$1$z2DG4z9d$jBu3Cl3BPQZrkNqnflnSO.", "no prefix, MD5")]
    [InlineData("hello", "$5$VhqhhsXJtPFeBX9e$kz3/CMIEu80bKdtDAcISIrDfdwtc.ilR68Vb3hNhu/7", "no prefix, SHA-256")]
    [InlineData("hello", "{SHA256-CRYPT}$5$VhqhhsXJtPFeBX9e$kz3/CMIEu80bKdtDAcISIrDfdwtc.ilR68Vb3hNhu/7", "the same with prefix")]
    [InlineData("test123", "$2y$10$4gbwQMAoJPcg.mWnENYNg.syH9mZNsbQu6KN7skK92g3tlPnvvBDW", "no prefix, bcrypt")]
    [InlineData("test123", "VXAXutUnpVYg6", "no prefix, DES")]
    [InlineData("test123", "{BLF-CRYPT.B64}JDJ5JDA1JEhlR0lBeGFHR2tNUGxjRWpyeFc0eU9oRjZZZ1NuTWVOTXFxNWp4bmFwVjUwdGU3c2x2L1VT", "bcrypt in base64")]
    [InlineData("test123", "{SHA512-CRYPT.B64}JDYkR2JwY3NiZXNMWk9DdERXbiRYdXlhdEZTdy9oa3lyUFE0d24wenpGQTZrSlpTUE9QVWdPcjVRUC40bTRMTjEzdy81aWMvWTdDZllRMWVqSWlhNkd3Q2Z0ZnNjZEFpam9OWjl3OU5tLw==", "SHA-512 in base64")]
    [InlineData("test123", "{SHA256-CRYPT.B64}JDUkUTZZS1ZzZS5sSVJoLndodCR6TWNOUVFVVkhtTmM1ME1SQk9TR3BEeGpRY2M1TzJTQ1lkbWhPN1YxeHlD", "SHA-256 in base64")]
    [InlineData("test123", "{ARGON2ID.B64}JGFyZ29uMmlkJHY9MTkkbT02NTUzNix0PTMscD0xJEljdG9DWko1T04zWlYzM3I0TVMrNEEkMUVtNTJRWkdsRlJzNnBsRXpwVmtMeVd4dVNPRUZ2dUZnaVNhTmNlb08rOA==", "Argon2id in base64")]
    [InlineData("test123", "{MD5}zAPnR6avu8v4vnZorP6+5Q==", "Courier's {MD5}: the bare digest")]
    [InlineData("test123", "{MD5RAW}cc03e747a6afbbcbf8be7668acfebee5", "Courier's raw MD5")]
    [InlineData("test123", "{SSHA}pJTac1QSIHoi0qBPdqnBvgPdjfFtDRVY", "salted SHA")]
    [InlineData("test123", "{CLEAR}test123", "clear, one name")]
    [InlineData("test123", "{CLEARTEXT}test123", "clear, another name")]
    public void A_hash_of_another_panel_matches_and_is_to_be_replaced(string password, string stored, string why)
    {
        var check = hasher.Verify(stored, password);

        Assert.True(check.Matches, why);
        // Argon2id in base64 is as strong as a new hash, and is left as it is.
        Assert.Equal(!stored.StartsWith("{ARGON2ID", StringComparison.Ordinal), check.NeedsRehash);
    }

    [Theory]
    [InlineData("foobarbaz", "{SHA512}ClAmHr0aOQ/tK/Mm8mc8FFWCpjQtUjIElz0CGTN/gWFqgGmwElh89WNfaSXxtWw2AjDBmyc1AO4BPgMGAb8kJQ==")]
    [InlineData("test123", "cc03e747a6afbbcbf8be7668acfebee5")]
    [InlineData("test123", "test123")]
    public void Another_password_or_a_scheme_that_is_not_said_does_not_match(string password, string stored) =>
        Assert.False(hasher.Verify(stored, password).Matches);
}
