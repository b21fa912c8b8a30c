using System.Buffers.Text;
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
internal sealed class AccountStore(AdminDb db, MailboxOwners owners) : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserPasskeyStore<Account>
{
    /// <summary>Before the id of an owner's account: the other kind is found without its mailbox, which costs less.</summary>
    private const char OwnerMark = 'o';

    // Every request of an admin asks this, so it is translated once.
    private static readonly Func<AdminDb, long, CancellationToken, Task<Account?>> ById = EF.CompileAsyncQuery(
        (AdminDb db, long id, CancellationToken _) => db.Accounts.AsNoTracking().FirstOrDefault(a => a.Id == id && a.MailboxId == null));

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        !TryRead(userId, out var id, out var isOwner) ? Task.FromResult<Account?>(null)
            : isOwner ? owners.FindAsync(id, cancellationToken)
            : ById(db, id, cancellationToken);

    /// <summary>What <see cref="GetUserIdAsync"/> wrote.</summary>
    internal static bool TryRead(string userId, out long id, out bool isOwner)
    {
        isOwner = userId.StartsWith(OwnerMark);
        return long.TryParse(userId.AsSpan().TrimStart(OwnerMark), NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

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

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        [.. (await db.Passkeys.AsNoTracking().Where(p => p.AccountId == user.Id).OrderBy(p => p.Id).ToListAsync(cancellationToken)).Select(Read)];

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var digest = Passkey.DigestOf(credentialId);
        return await db.Accounts.AsNoTracking().FirstOrDefaultAsync(a => db.Passkeys.Any(p => p.AccountId == a.Id && p.CredentialDigest == digest), cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var digest = Passkey.DigestOf(credentialId);
        return await db.Passkeys.AsNoTracking().FirstOrDefaultAsync(p => p.AccountId == user.Id && p.CredentialDigest == digest, cancellationToken) is { } passkey ? Read(passkey) : null;
    }

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Refusal();

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => throw Refusal();

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

    // What the authenticator said when it was added is not kept: nobody asks for it.
    private static UserPasskeyInfo Read(Passkey passkey) => new(
        Base64Url.DecodeFromChars(passkey.CredentialId), Base64Url.DecodeFromChars(passkey.PublicKey), new DateTimeOffset(passkey.CreatedAt, TimeSpan.Zero), (uint)passkey.SignCount,
        passkey.Transports.Split(',', StringSplitOptions.RemoveEmptyEntries), isUserVerified: true, passkey.IsBackupEligible, passkey.IsBackedUp, attestationObject: [], clientDataJson: [])
    {
        Name = passkey.Name,
    };

    private static NotSupportedException Refusal() => new("Accounts are written by operations, which audit what they change.");
}
