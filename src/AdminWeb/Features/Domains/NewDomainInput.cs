using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Domains;

/// <summary>What people choose about a domain before there is one: all that can be changed later, and its role addresses.</summary>
public abstract record NewDomainInput : DomainInput
{
    /// <summary>Some of <see cref="RoleAddress.Names"/>.</summary>
    // A list of its own, and no array: the binder adds to what stands here, and passes over what it cannot add to.
    public IReadOnlyList<string> Roles { get; init; } = new List<string>();

    /// <summary>One address that their mail goes to.</summary>
    public string? RoleDestination { get; init; }

    /// <param name="domain">Theirs; null where there is none yet.</param>
    /// <param name="isForNow">Whether they are to be made now, so that they need a destination.</param>
    internal RoleChoices ReadRoles(Reading reading, DomainName? domain, bool isForNow) => RoleChoices.Read(reading, Roles, RoleDestination, domain, isForNow);
}

internal static class FilledForms
{
    /// <summary>The same form with everything that a new domain's form has as the other one has it; what is not the other one's, as a name, stays.</summary>
    public static TInput FilledFrom<TInput>(this TInput form, NewDomainInput other) where TInput : NewDomainInput => (TInput)((NewDomainInput)form with
    {
        Description = other.Description, Tags = other.Tags, MailboxLimit = other.MailboxLimit, AliasLimit = other.AliasLimit, QuotaLimit = other.QuotaLimit,
        AllowsOvercommit = other.AllowsOvercommit, MailboxQuotaLimit = other.MailboxQuotaLimit, DefaultQuota = other.DefaultQuota, PasswordMaxAge = other.PasswordMaxAge,
        WelcomeLanguage = other.WelcomeLanguage, WelcomeText = other.WelcomeText, RefusesMail = other.RefusesMail,
        Roles = other.Roles, RoleDestination = other.RoleDestination,
    });
}
