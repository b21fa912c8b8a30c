using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>What people choose about the owners of a domain's mailboxes, as they type it.</summary>
public interface ISelfServiceInput
{
    /// <summary>Words of <see cref="OwnerRightWords"/>.</summary>
    IReadOnlyList<string> Rights { get; }

    /// <summary>Whether owners without a second factor set one up first.</summary>
    bool NeedsSecondFactor { get; }

    /// <summary>Addresses of their own for each owner; empty: as many as the panel lets anybody have.</summary>
    string? OwnAliasLimit { get; }

    /// <summary>Characters of a new password; empty: what the panel asks everywhere.</summary>
    string? PasswordMinLength { get; }
}

/// <summary>The same, read.</summary>
internal sealed record SelfServiceChoices(OwnerRights Rights, bool NeedsSecondFactor, int? OwnAliasLimit, int? PasswordMinLength)
{
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

    public static SelfServiceChoices Of(MailDomain domain) => new(domain.OwnerRights, domain.OwnersNeedSecondFactor, domain.OwnAliasLimit, domain.PasswordMinLength);

    public static SelfServiceChoices Read(ISelfServiceInput input, Reading reading)
    {
        var rights = OwnerRights.None;
        foreach (var word in input.Rights)
        {
            if (OwnerRightWords.TryRead(word, out var right)) rights |= right;
            else reading.Add(new Problem(nameof(input.Rights), "ChoiceUnknown", string.Join(", ", OwnerRightWords.Each.Select(OwnerRightWords.Word))));
        }
        foreach (var (right, needs) in Needs)
        {
            if ((rights & right) != 0 && !rights.HasFlag(needs)) reading.Add(new Problem(nameof(input.Rights), $"{needs}RightNeeded"));
        }
        if (input.NeedsSecondFactor && !rights.HasFlag(OwnerRights.SecondFactor)) reading.Add(new Problem(nameof(input.NeedsSecondFactor), "SecondFactorRightNeeded"));
        var length = reading.Count(nameof(input.PasswordMinLength), input.PasswordMinLength);
        if (length is < PasswordRules.MinLength or > LongestMinLength) reading.Add(new Problem(nameof(input.PasswordMinLength), "PasswordMinLengthRange", PasswordRules.MinLength, LongestMinLength));
        return new SelfServiceChoices(rights, input.NeedsSecondFactor, reading.Count(nameof(input.OwnAliasLimit), input.OwnAliasLimit), length);
    }

    public void ApplyTo(MailDomain domain) =>
        (domain.OwnerRights, domain.OwnersNeedSecondFactor, domain.OwnAliasLimit, domain.PasswordMinLength) = (Rights, NeedsSecondFactor, OwnAliasLimit, PasswordMinLength);

    /// <summary>As the audit has it, in words.</summary>
    public object Said() => new { Rights = Rights.Words(), NeedsSecondFactor, OwnAliasLimit, PasswordMinLength };
}
