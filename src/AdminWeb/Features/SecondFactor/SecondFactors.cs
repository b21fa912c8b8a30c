using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.AppPasswords;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>What is shown once, when a second factor was turned on.</summary>
/// <param name="Account">With its new stamp, for the cookie of this session; every other one ends.</param>
/// <param name="RecoveryCodes">None where the account has some already.</param>
/// <param name="AppPassword">The first one of a mailbox owner who had none; null otherwise.</param>
public sealed record TurnedOn(Account Account, IReadOnlyList<string> RecoveryCodes, string? AppPassword)
{
    public FactorSecrets Once => new(RecoveryCodes, AppPassword);
}

/// <summary>Secrets that stand on one answer, and on no other.</summary>
public sealed record FactorSecrets(IReadOnlyList<string> RecoveryCodes, string? AppPassword);

/// <summary>Who has a second factor, and what every change of one does, whoever makes it. Changes are made in a transaction.</summary>
internal static class SecondFactors
{
    /// <summary>The accounts that have one, of whatever kind: an app that shows codes, or a passkey.</summary>
    public static IQueryable<Account> WithSecondFactor(this AdminDb db) =>
        db.Accounts.Where(a => db.Authenticators.Any(f => f.AccountId == a.Id) || db.Passkeys.Any(p => p.AccountId == a.Id));

    /// <summary>Whether the password alone does not sign in.</summary>
    public static Task<bool> HasSecondFactorAsync(this AdminDb db, long accountId, CancellationToken ct) => db.WithSecondFactor().AnyAsync(a => a.Id == accountId, ct);

    /// <summary>Of two kinds of factors, since when there is one.</summary>
    public static DateTime? Earlier(DateTime? app, DateTime? passkeys) => app is null || passkeys < app ? passkeys : app;

    /// <summary>Ten new codes for an account that has none.</summary>
    public static IReadOnlyList<string> GiveRecoveryCodes(this AdminDb db, long accountId)
    {
        var codes = RecoveryCodes.New();
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { AccountId = accountId, Digest = RecoveryCodes.Digest(code) }));
        return codes;
    }

    /// <summary>
    /// What comes with the first factor of an account, before that is added: recovery codes, and for a mailbox owner app
    /// passwords in place of the own one at mail programs, which cannot ask for a factor. The first one is made where there is
    /// none. Nothing of it comes with a further factor.
    /// </summary>
    /// <param name="account">With its mailbox, where it has one.</param>
    public static async Task<TurnedOn> TurnOnSecondFactorAsync(this AdminDb db, Account account, string? appPasswordName, CancellationToken ct)
    {
        if (await db.HasSecondFactorAsync(account.Id, ct)) return new TurnedOn(account, [], null);

        var appPassword = account.Mailbox is { } mailbox ? await db.LetInByAppPasswordsAsync(mailbox, appPasswordName, ct) : null;
        return new TurnedOn(account, db.GiveRecoveryCodes(account.Id), appPassword);
    }

    /// <summary>Takes the second factor away, app, passkeys and codes; mail programs may use the mailbox's own password again.</summary>
    /// <param name="account">With its mailbox, where it has one.</param>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> RemoveSecondFactorAsync(this AdminDb db, Account account, CancellationToken ct)
    {
        if (account.Mailbox is { } mailbox) mailbox.AppPasswordsOnly = false;
        await db.RecoveryCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(ct);
        var authenticators = await db.Authenticators.Where(a => a.AccountId == account.Id).ExecuteDeleteAsync(ct);
        return authenticators + await db.Passkeys.Where(p => p.AccountId == account.Id).ExecuteDeleteAsync(ct) > 0;
    }

    // What has a session with the mailbox's own password loses it.
    private static async Task<string?> LetInByAppPasswordsAsync(this AdminDb db, Mailbox mailbox, string? name, CancellationToken ct)
    {
        mailbox.AppPasswordsOnly = true;
        if (await db.AppPasswords.AnyAsync(p => p.MailboxId == mailbox.Id, ct)) return null;

        var password = PasswordGenerator.Generate();
        db.AppPasswords.Add(new AppPassword
        {
            MailboxId = mailbox.Id, Name = string.IsNullOrWhiteSpace(name) ? "1" : name.Trim(), Digest = AppPasswordDigest.Of(password), CreatedAt = db.UtcNow,
            AllowsImap = true, AllowsPop3 = true, AllowsSmtp = true, AllowsSieve = true,
        });
        return password;
    }
}
