using AdminPanel.Data.Model;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.AspNetCore.Identity;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>Identity's view of the one password hasher that Dovecot's hashes come from too.</summary>
internal sealed class AccountPasswordHasher(PasswordHasher hasher) : IPasswordHasher<Account>
{
    public string HashPassword(Account user, string password) => hasher.Hash(password);

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) =>
        hasher.Verify(hashedPassword, providedPassword) switch
        {
            { Matches: false } => PasswordVerificationResult.Failed,
            { NeedsRehash: true } => PasswordVerificationResult.SuccessRehashNeeded,
            _ => PasswordVerificationResult.Success,
        };
}
