using System.Buffers.Text;
using System.Data.Common;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.SecondFactor;
using Microsoft.AspNetCore.Identity;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>
/// The second half of adding a passkey: keeps what the browser made for a question of <see cref="StartPasskey"/>, whose
/// proofs count for the minutes that the question lasts. Every other session ends. The first factor of an account turns the
/// second factor on.
/// </summary>
public sealed class AddPasskey(AdminDb db, IPasskeyHandler<Account> handler, UserManager<Account> users, CeremonySeal seal)
{
    /// <summary>Words of WebAuthn (section 5.8.4); a browser may say what it likes.</summary>
    private static readonly string[] Transports = ["usb", "nfc", "ble", "smart-card", "hybrid", "internal"];

    public sealed record Input
    {
        /// <summary>The browser's JSON.</summary>
        public string? Credential { get; init; }

        /// <summary>What was asked, sealed, as this browser keeps it.</summary>
        public string? Ceremony { get; init; }

        /// <summary>Of the app password that is made; in the language of whoever reads it.</summary>
        public string? AppPasswordName { get; init; }
    }

    public async Task<Outcome<TurnedOn>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (await db.PasskeyOwnerAsync(actor, ct) is not { } known || !known.MayHaveFactor()) return Outcome.NotFound<TurnedOn>();

        var refused = new Problem("", "PasskeyNotAdded");
        if (input.Credential is not { Length: > 0 and <= PasskeyProof.MostAnswered }) return Outcome.Refused<TurnedOn>(refused);
        if (seal.Open(input.Ceremony, CeremonyPurpose.Registration, known.Id, await users.GetSecurityStampAsync(known)) is not { } asked) return Outcome.Refused<TurnedOn>(refused);

        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { CredentialJson = input.Credential, AttestationState = asked.State, HttpContext = PasskeyQuestions.NoRequest });
        if (result.Failure?.InnerException is DbException outage) throw outage;
        if (!result.Succeeded && PasskeyAlgorithms.IsForeign(input.Credential)) return Outcome.Refused<TurnedOn>(new Problem("", "PasskeyAlgorithm"));
        if (!result.Succeeded || result.Passkey.PublicKey.Length > Passkey.MaxPublicKeyOctets) return Outcome.Refused<TurnedOn>(refused);

        return await db.InTransactionAsync(token => SaveAsync(known, asked, result.Passkey, input.AppPasswordName, actor, token), duplicate: refused, ct);
    }

    private async Task<Outcome<TurnedOn>> SaveAsync(Account known, Ceremony asked, UserPasskeyInfo made, string? appPasswordName, Actor actor, CancellationToken ct)
    {
        if (known.Mailbox is { Entry: { } entry } && !await db.LockDomainAsync(entry.DomainId, ct)) return Outcome.NotFound<TurnedOn>();
        if (await db.ChangedPasskeyOwnerAsync(actor, ct) is not { } account || !account.MayHaveFactor()) return Outcome.NotFound<TurnedOn>();
        // Whatever was changed since ended the session that asked.
        if (account.SecurityStamp != known.SecurityStamp || account.SignInHash != known.SignInHash) return Outcome.Refused<TurnedOn>(new Problem("", "PasskeyNotAdded"));
        if (await db.PasskeyFaultAsync(account.Id, asked.Name!, ct) is { } fault) return Outcome.Refused<TurnedOn>(fault);

        var first = await db.TurnOnSecondFactorAsync(account, appPasswordName, ct);
        db.Passkeys.Add(new Passkey
        {
            AccountId = account.Id, Name = asked.Name!, CredentialId = Base64Url.EncodeToString(made.CredentialId), CredentialDigest = Passkey.DigestOf(made.CredentialId),
            PublicKey = Base64Url.EncodeToString(made.PublicKey), SignCount = made.SignCount, Transports = string.Join(',', Transports.Intersect(made.Transports ?? [])),
            IsBackupEligible = made.IsBackupEligible, IsBackedUp = made.IsBackedUp, LastChallengeAt = asked.At, CreatedAt = db.UtcNow,
        });
        account.SecurityStamp = AdminChoices.NewStamp();
        db.Audit(actor, "account.add-passkey", account.Name, account.Mailbox?.Entry!.DomainId, after: new { asked.Name, MadeAppPassword = first.AppPassword is not null });
        return Outcome.Done(first with { Account = account });
    }
}
