using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Shared;

/// <summary>The question in which domain something is to be added: a field, and the first domains as links to the page "Add" beside it.</summary>
/// <param name="Typed">What somebody typed that is no domain here; null at first.</param>
/// <param name="MayAddDomain">Whether the way on without a domain is to add one.</param>
public sealed record DomainChoice(string Title, IReadOnlyList<DomainName> First, string? Typed, bool MayAddDomain)
{
    /// <summary>Links; further domains are typed.</summary>
    public const int Shown = 20;
}
