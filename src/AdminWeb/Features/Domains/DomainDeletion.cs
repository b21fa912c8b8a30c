using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Domains;

/// <summary>
/// What deleting a domain takes away and what it leaves: the page shows it, and the deletion runs only if it is still
/// true. Lists hold the first <see cref="Shown"/> names; the counts are exact.
/// </summary>
/// <param name="MailboxCount">Mailboxes that go; their mail stays on disk.</param>
/// <param name="AliasCount">Aliases that go, the catch-all included.</param>
/// <param name="AliasDomains">Alias domains that go with it.</param>
/// <param name="Admins">Domain admins who lose it.</param>
/// <param name="ForwardCount">Addresses elsewhere that forward into it; their mail is refused while it is in the bin.</param>
/// <param name="NewestAddressId">Goes up with every address that is added, so that a delete and an add cannot cancel out.</param>
public sealed record DomainDeletion(
    long Id,
    string Name,
    int MailboxCount,
    IReadOnlyList<string> Mailboxes,
    int AliasCount,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> AliasDomains,
    IReadOnlyList<string> Admins,
    int ForwardCount,
    IReadOnlyList<string> Forwards,
    long NewestAddressId)
{
    public const int Shown = 20;

    /// <summary>Goes into the form and comes back with it: another plan has another fingerprint.</summary>
    public string Fingerprint() => PlanFingerprint.Of(this);
}
