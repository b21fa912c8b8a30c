using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>What people choose about a relay domain besides its name, as they type it.</summary>
public abstract record RelayDomainInput
{
    public string? Description { get; init; }

    /// <summary>"mx.example.org" or "192.0.2.1:2525"; empty: the hosts that the domain's MX records name.</summary>
    public string? NextHop { get; init; }

    /// <summary>How many recipients; empty: no limit.</summary>
    public string? RecipientLimit { get; init; }

    public bool IsActive { get; init; } = true;

    internal RelayDomainChoices Read(Reading reading)
    {
        NextHop? hop = null;
        if (!string.IsNullOrWhiteSpace(NextHop) && !Data.Addresses.NextHop.TryParse(NextHop, out hop))
            reading.Add(new Problem(nameof(NextHop), "NextHopUnreadable", NextHop.Trim()));
        return new RelayDomainChoices(
            reading.Note(nameof(Description), Description), hop?.ToString(), reading.Count(nameof(RecipientLimit), RecipientLimit), IsActive);
    }
}

/// <summary>The same, read; and the audit entry's "before" and "after".</summary>
/// <param name="NextHop">"[mx.example.org]:25"; null is by MX records.</param>
internal sealed record RelayDomainChoices(string? Description, string? NextHop, int? RecipientLimit, bool IsActive)
{
    public static RelayDomainChoices Of(MailDomain domain) => new(domain.Description, domain.NextHop?.ToString(), domain.MailboxLimit, domain.IsActive);

    public void ApplyTo(MailDomain domain)
    {
        domain.Description = Description;
        domain.NextHop = Data.Addresses.NextHop.TryParse(NextHop, out var hop) ? hop : null;
        domain.Transport = hop is null ? DomainTransport.Mx : DomainTransport.Smtp;
        domain.MailboxLimit = RecipientLimit;
        domain.IsActive = IsActive;
    }
}
