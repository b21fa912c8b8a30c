using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>The alias that a URL or a command line names: an address, or "@example.org" for a catch-all.</summary>
internal static class AliasRoute
{
    /// <summary>The stored form of what a URL names; null for what is no address.</summary>
    public static string? Read(string segment) => ReadTyped(AddressText.FromRoute(segment));

    /// <summary>The stored form of what somebody typed; null for what is no address.</summary>
    public static string? ReadTyped(string text)
    {
        var typed = text.Trim();
        if (typed.StartsWith('@')) return DomainName.TryParse(typed[1..], out var domain) ? AddressSpace.CatchAllOf(domain) : null;

        return EmailAddress.TryParse(typed, out var address) ? address.Value : null;
    }

    /// <summary>A domain that may be left out; false for what is no domain name.</summary>
    public static bool TryReadDomain(string? text, out DomainName? domain)
    {
        domain = DomainName.TryParse(text, out var name) ? name : null;
        return string.IsNullOrEmpty(text) || domain is not null;
    }
}
