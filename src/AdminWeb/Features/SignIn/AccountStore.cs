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
internal sealed class AccountStore(AdminDb db, MailboxOwners owners) : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>
{
    /// <summary>Before the id of an owner's account: the other kind is found without its mailbox, which costs less.</summary>
    private const char OwnerMark = 'o';

    // Every request of an admin asks this, so it is translated once.
    private static readonly Func<AdminDb, long, CancellationToken, Task<Account?>> ById = EF.CompileAsyncQuery(
        (AdminDb db, long id, CancellationToken _) => db.Accounts.AsNoTracking().FirstOrDefault(a => a.Id == id && a.MailboxId == null));

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        !long.TryParse(userId.AsSpan().TrimStart(OwnerMark), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Task.FromResult<Account?>(null)
            : userId[0] == OwnerMark ? owners.FindAsync(id, cancellationToken)
            : ById(db, id, cancellationToken);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        db.Accounts.AsNoTracking().FirstOrDefaultAsync(a => a.Login == normalizedUserName, cancellationToken);

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult((user.MailboxId is null ? "" : OwnerMark.ToString()) + user.Id.ToString(CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SignInHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>An owner's changes with the mailbox's password, whoever changed it: its cookies end with it.</summary>
    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(
        user.Mailbox is { } mailbox ? string.Create(CultureInfo.InvariantCulture, $"{user.SecurityStamp}-{mailbox.PasswordChangedAt.Ticks}") : user.SecurityStamp);

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
