namespace AdminPanel.Web.Features.Shared;

/// <summary>
/// What asks for somebody's attention, to limit a list to it. Each list offers some of them; under one that is not about
/// its things it is empty, so that nobody takes everything for a part of it.
/// </summary>
public enum ListOnly
{
    /// <summary>Everything.</summary>
    None,

    /// <summary>Mailboxes that use nine tenths of their quota, or more.</summary>
    NearlyFull,

    /// <summary>Mailboxes that nobody has signed in to.</summary>
    NeverUsed,

    /// <summary>Mailboxes whose password signs in no more, or for two weeks at most.</summary>
    PasswordEnding,

    /// <summary>Mailboxes at which mail programs were refused in the last day; for whoever sees logs.</summary>
    Refused,

    /// <summary>Mailboxes whose welcome message no mail server took: nobody tries any more.</summary>
    WelcomeRefused,

    /// <summary>Addresses whose time is over within two weeks.</summary>
    Ending,

    CatchAlls,
    Groups,

    /// <summary>Domains that gave more quota to their mailboxes than they have.</summary>
    OverPool,

    /// <summary>Domains without a mailbox.</summary>
    Empty,

    /// <summary>Hosted or alias domains that are active and lack DNS records which mail needs, when these were last looked for.</summary>
    DnsWrong,

    /// <summary>Hosted or alias domains with a DKIM key that waits for its record.</summary>
    DkimWaiting,

    /// <summary>Hosted or alias domains with a retired DKIM key: its record may go, and so may the key.</summary>
    DkimRetired,

    /// <summary>Alias domains whose target domain takes no mail: neither do they.</summary>
    TargetStopped,

    /// <summary>Relay domains without a recipient: they take no mail.</summary>
    NoRecipients,

    Superadmins,
    DomainAdmins,

    /// <summary>In the recycle bin, as the next two.</summary>
    Mailboxes,

    /// <summary>Catch-alls among them.</summary>
    Aliases,
    Domains,
}
