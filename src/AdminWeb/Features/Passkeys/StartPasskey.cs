using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.SecondFactor;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>
/// The first half of adding a passkey: whoever knows the password, and shows the second factor where one is on, is asked
/// for a new one. Nothing is kept before it has answered (<see cref="AddPasskey"/>).
/// </summary>
public sealed class StartPasskey(AdminDb db, PasskeyQuestions questions, PasswordProof proof, FactorProof factors)
{
    public sealed record Input : ShownFactor
    {
        /// <summary>What its owner calls it.</summary>
        public string? Name { get; init; }

        public string? CurrentPassword { get; init; }
    }

    public async Task<Outcome<StartedCeremony>> BeginAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (await db.PasskeyOwnerAsync(actor, ct) is not { } account || !account.MayHaveFactor()) return Outcome.NotFound<StartedCeremony>();

        var reading = new Reading();
        var name = reading.Note(nameof(Input.Name), input.Name, Passkey.MaxName);
        if (string.IsNullOrWhiteSpace(input.Name)) reading.Add(new Problem(nameof(Input.Name), "PasskeyNameEmpty"));
        if (string.IsNullOrEmpty(input.CurrentPassword)) reading.Add(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordEmpty"));
        if (name is not null) reading.Add(await db.PasskeyFaultAsync(account.Id, name, ct));
        if (reading.HasProblems) return Outcome.Refused<StartedCeremony>(reading.Problems);

        if (await proof.CheckAsync(nameof(Input.CurrentPassword), account.SignInHash, input.CurrentPassword!, actor, ct) is { } wrong) return Outcome.Refused<StartedCeremony>(wrong);
        if (await db.HasSecondFactorAsync(account.Id, ct) && (await factors.CheckAsync(nameof(Input.Code), account, input, CeremonyPurpose.Proof, actor, ct)).Wrong is { } missing) return Outcome.Refused<StartedCeremony>(missing);

        return Outcome.Done(await questions.AskForNewAsync(account, name!));
    }
}
