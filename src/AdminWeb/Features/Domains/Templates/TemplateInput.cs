using AdminPanel.Web.Features.SelfService;

namespace AdminPanel.Web.Features.Domains.Templates;

/// <summary>
/// What a template holds: the form of a new domain without its name, and what the owners of its mailboxes may do. The
/// latter is no part of the form: whoever adds a domain from the template gets it, and changes it afterwards.
/// </summary>
public abstract record TemplateInput : NewDomainInput, ISelfServiceInput
{
    // A list of its own, and no array: the binder adds to what stands here, and passes over what it cannot add to.
    public IReadOnlyList<string> Rights { get; init; } = new List<string>();

    public bool NeedsSecondFactor { get; init; }

    public string? OwnAliasLimit { get; init; }

    public string? PasswordMinLength { get; init; }
}

internal static class FilledTemplates
{
    /// <summary>The same form with everything that a template holds as the other one has it.</summary>
    public static TInput FilledFromTemplate<TInput>(this TInput form, TemplateInput other) where TInput : TemplateInput => form.FilledFrom(other).WithOwners(other);

    public static TInput WithOwners<TInput>(this TInput form, ISelfServiceInput owners) where TInput : TemplateInput => (TInput)((TemplateInput)form with
    {
        Rights = owners.Rights, NeedsSecondFactor = owners.NeedsSecondFactor, OwnAliasLimit = owners.OwnAliasLimit, PasswordMinLength = owners.PasswordMinLength,
    });
}
