using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>
/// How Identity reads accounts. It writes none: accounts change through operations, which audit in the same
/// transaction, so the writing methods refuse.
/// </summary>
internal sealed class AccountStore(AdminDb db) : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>
{
    // Every request of somebody signed in asks this, so it is translated once.
    private static readonly Func<AdminDb, long, CancellationToken, Task<Account?>> ById = EF.CompileAsyncQuery(
        (AdminDb db, long id, CancellationToken _) => db.Accounts.AsNoTracking().FirstOrDefault(a => a.Id == id));

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        long.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? ById(db, id, cancellationToken)
            : Task.FromResult<Account?>(null);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        db.Accounts.AsNoTracking().FirstOrDefaultAsync(a => a.Login == normalizedUserName, cancellationToken);

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString(CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Login);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Login);

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw Refusal();

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => throw Refusal();

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) => throw Refusal();

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) => throw Refusal();

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw Refusal();

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => throw Refusal();

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw Refusal();

    public void Dispose()
    {
        // The context belongs to the request.
    }

    private static NotSupportedException Refusal() => new("Accounts are written by operations, which audit what they change.");
}
