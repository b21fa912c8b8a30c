using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Domains;

/// <summary>Which role addresses a domain has, and where their mail goes; also as an audit entry tells it.</summary>
/// <param name="Destination">Null where none is known: then there are no role addresses, since one that leads nowhere refuses the mail it promises to take.</param>
internal sealed record RoleChoices(IReadOnlyList<string> Roles, string? Destination)
{
    public static RoleChoices None { get; } = new([], null);

    public static RoleChoices Read(Reading reading, IReadOnlyList<string> roles, string? destination, DomainName? domain, bool isForNow)
    {
        var names = roles.Where(r => !string.IsNullOrWhiteSpace(r)).Select(r => r.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();
        if (names.FirstOrDefault(n => !RoleAddress.Names.Contains(n)) is { } unknown)
            reading.Add(new Problem(nameof(NewDomainInput.Roles), "RoleUnknown", unknown, string.Join(", ", RoleAddress.Names)));
        var addresses = DestinationList.Read(reading, nameof(NewDomainInput.RoleDestination), destination, own: null, isRequired: false);
        if (addresses.Count > 1) reading.Add(new Problem(nameof(NewDomainInput.RoleDestination), "RoleDestinationOne"));
        else if (addresses.Count == 0 && names.Count > 0 && isForNow && string.IsNullOrWhiteSpace(destination)) reading.Add(new Problem(nameof(NewDomainInput.RoleDestination), "RoleDestinationEmpty"));
        if (addresses is [var only] && only.Domain == domain && names.Contains(only.LocalPart.Value))
            reading.Add(new Problem(nameof(NewDomainInput.RoleDestination), "DestinationIsItself", only.Unicode));
        return new RoleChoices([.. RoleAddress.Names.Where(names.Contains)], addresses is [var to] ? to.Value : null);
    }

    public static string AddressOf(string role, DomainName domain) => $"{role}@{domain.Value}";

    /// <summary>The alias of one of them.</summary>
    public Alias ToAlias(string role, MailDomain domain)
    {
        var entry = new AddressEntry { Address = AddressOf(role, domain.Name), DomainId = domain.Id, Kind = AddressKind.Alias };
        entry.Destinations.Add(DestinationList.ToRow(EmailAddress.Parse(Destination!)));
        return new Alias { Entry = entry, IsRole = true };
    }
}
