using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.SecondFactor;
using AdminPanel.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>A passkey that signs in no more.</summary>
/// <param name="Account">With its new stamp, for the cookie of this session; every other one ends.</param>
/// <param name="TurnedOff">It was the last factor: the second factor is off.</param>
public sealed record PasskeyRemoved(Account Account, string Name, bool TurnedOff);

/// <summary>Removes one of the actor's passkeys, for whoever knows the password and shows a factor, the same passkey included.</summary>
public sealed class RemovePasskey(AdminDb db, PasswordProof proof, FactorProof factors)
{
    public sealed record Input : ShownFactor
    {
        public long Id { get; init; }

        public string? CurrentPassword { get; init; }
    }

    public async Task<Outcome<PasskeyRemoved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (await db.PasskeyOwnerAsync(actor, ct) is not { } known || !await db.Passkeys.AnyAsync(p => p.Id == input.Id && p.AccountId == known.Id, ct)) return Outcome.NotFound<PasskeyRemoved>();
        if (string.IsNullOrEmpty(input.CurrentPassword)) return Outcome.Refused<PasskeyRemoved>(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordEmpty"));
        if (await proof.CheckAsync(nameof(Input.CurrentPassword), known.SignInHash, input.CurrentPassword, actor, ct) is { } wrong) return Outcome.Refused<PasskeyRemoved>(wrong);
        if ((await factors.CheckAsync(nameof(Input.Code), known, input, CeremonyPurpose.Proof, actor, ct)).Wrong is { } missing) return Outcome.Refused<PasskeyRemoved>(missing);

        return await db.InTransactionAsync(
            async token =>
            {
                if (known.Mailbox is { Entry: { } entry } && !await db.LockDomainAsync(entry.DomainId, token)) return Outcome.NotFound<PasskeyRemoved>();
                var account = await db.ChangedPasskeyOwnerAsync(actor, token);
                return account is not null && await db.RemovePasskeyAsync(account, input.Id, actor, token) is { } removed ? Outcome.Done(removed) : Outcome.NotFound<PasskeyRemoved>();
            },
            duplicate: null,
            ct);
    }
}
