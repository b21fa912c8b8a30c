using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>Chooses what the owners of a domain's mailboxes do alone, and what is asked of them. Whoever may change the domain's limits.</summary>
public sealed class SetSelfService(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>The version the form was filled from.</summary>
        public long Version { get; init; }

        /// <summary>Words of <see cref="OwnerRightWords"/>.</summary>
        // A list of its own, and no array: the binder adds to what stands here, and passes over what it cannot add to.
        public IReadOnlyList<string> Rights { get; init; } = new List<string>();

        /// <summary>Whether owners without a second factor set one up first.</summary>
        public bool NeedsSecondFactor { get; init; }

        /// <summary>Addresses of their own for each owner; empty: as many as the panel lets anybody have.</summary>
        public string? OwnAliasLimit { get; init; }

        /// <summary>Characters of a new password; empty: what the panel asks everywhere.</summary>
        public string? PasswordMinLength { get; init; }
    }

    /// <summary>What the panel makes is not too short anywhere.</summary>
    private const int LongestMinLength = PasswordGenerator.Length;

    /// <summary>What means nothing without something else.</summary>
    private static readonly IReadOnlyList<(OwnerRights Right, OwnerRights Needs)> Needs =
    [
        (OwnerRights.All & ~OwnerRights.Panel & ~OwnerRights.DeviceSetup, OwnerRights.Panel),
        (OwnerRights.Recovery, OwnerRights.Password),
        (OwnerRights.ForwardOutside, OwnerRights.Forward),
        // With a second factor mail programs are let in with these alone.
        (OwnerRights.SecondFactor, OwnerRights.AppPasswords),
    ];

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!await Permitted(actor).AnyAsync(d => d.Id == input.Id, ct)) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var choices = Read(input, reading);
        return reading.HasProblems ? Outcome.Refused<Saved>(reading.Problems) : await db.InTransactionAsync(token => SaveAsync(input, choices, actor, token), duplicate: null, ct);
    }

    private async Task<Outcome<Saved>> SaveAsync(Input input, Choices choices, Actor actor, CancellationToken ct)
    {
        if (!await db.LockDomainAsync(input.Id, ct) || await Permitted(actor).FirstOrDefaultAsync(d => d.Id == input.Id, ct) is not { } domain) return Outcome.NotFound<Saved>();
        if (domain.Version != input.Version) return Outcome.Conflict<Saved>(domain.Version);
        // An owner whose password is too old would have no way to change it.
        if (domain.PasswordMaxAgeDays is { } days && !choices.Rights.HasFlag(OwnerRights.Password)) return Outcome.Refused<Saved>(new Problem(nameof(Input.Rights), "PasswordRightNeeded", days));

        db.Audit(actor, "domain.set-self-service", domain.Name.Value, domain.Id, Said(Choices.Of(domain)), Said(choices));
        (domain.OwnerRights, domain.OwnersNeedSecondFactor, domain.OwnAliasLimit, domain.PasswordMinLength) = (choices.Rights, choices.NeedsSecondFactor, choices.OwnAliasLimit, choices.PasswordMinLength);
        db.MarkChanged(domain);
        return Outcome.Done(new Saved(domain.Id, domain.Name.Value));
    }

    private IQueryable<MailDomain> Permitted(Actor actor) => db.Domains.PermittedTo(actor, DomainPermissions.Limits).Where(d => d.Kind == DomainKind.Hosted);

    private static Choices Read(Input input, Reading reading)
    {
        var rights = OwnerRights.None;
        foreach (var word in input.Rights)
        {
            if (OwnerRightWords.TryRead(word, out var right)) rights |= right;
            else reading.Add(new Problem(nameof(Input.Rights), "ChoiceUnknown", string.Join(", ", OwnerRightWords.Each.Select(OwnerRightWords.Word))));
        }
        foreach (var (right, needs) in Needs)
        {
            if ((rights & right) != 0 && !rights.HasFlag(needs)) reading.Add(new Problem(nameof(Input.Rights), $"{needs}RightNeeded"));
        }
        if (input.NeedsSecondFactor && !rights.HasFlag(OwnerRights.SecondFactor)) reading.Add(new Problem(nameof(Input.NeedsSecondFactor), "SecondFactorRightNeeded"));
        var length = reading.Count(nameof(Input.PasswordMinLength), input.PasswordMinLength);
        if (length is < PasswordRules.MinLength or > LongestMinLength) reading.Add(new Problem(nameof(Input.PasswordMinLength), "PasswordMinLengthRange", PasswordRules.MinLength, LongestMinLength));
        return new Choices(rights, input.NeedsSecondFactor, reading.Count(nameof(Input.OwnAliasLimit), input.OwnAliasLimit), length);
    }

    private static object Said(Choices c) => new { Rights = c.Rights.Words(), c.NeedsSecondFactor, c.OwnAliasLimit, c.PasswordMinLength };

    private sealed record Choices(OwnerRights Rights, bool NeedsSecondFactor, int? OwnAliasLimit, int? PasswordMinLength)
    {
        public static Choices Of(MailDomain d) => new(d.OwnerRights, d.OwnersNeedSecondFactor, d.OwnAliasLimit, d.PasswordMinLength);
    }
}
