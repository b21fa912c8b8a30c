using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Stored addresses as people read them, and as they stand in a URL.</summary>
public static class AddressText
{
    /// <summary>With the domain as U-labels; a catch-all is "@domain".</summary>
    public static string Unicode(string address)
    {
        var (local, domain) = Split(address);
        return $"{local}@{domain}";
    }

    /// <summary>An address, a domain or a login: whatever of it is a domain name, as U-labels.</summary>
    public static string Name(string name) =>
        name.Contains('@', StringComparison.Ordinal) ? Unicode(name) : DomainName.TryParse(name, out var domain) ? domain.Unicode : name;

    /// <summary>The two halves, the domain as U-labels.</summary>
    public static (string Local, string Domain) Split(string address)
    {
        var at = address.LastIndexOf('@');
        var domain = address[(at + 1)..];
        return (address[..Math.Max(at, 0)], HasUnicode(domain) && DomainName.TryParse(domain, out var name) ? name.Unicode : domain);
    }

    /// <summary>An address or a domain as somebody types it, as it is stored: the domain as A-labels, all of it in lower case. Another name, and what cannot be read, stays as it is.</summary>
    public static string Stored(string typed)
    {
        var at = typed.LastIndexOf('@');
        // "Gold" is the name of a template, and no domain.
        if (at < 0 && !typed.Contains('.', StringComparison.Ordinal)) return typed;

        return DomainName.TryParse(typed[(at + 1)..], out var domain) ? typed[..(at + 1)].ToLowerInvariant() + domain.Value : typed;
    }

    // Stored names are A-labels: most read the same, and lists have hundreds of them.
    private static bool HasUnicode(string domain) => domain.Contains("xn--", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A name out of a route. A slash in it stands in the URL as "%2F", which the server leaves as it is; names are
    /// lower case, so the capital F tells it from a percent sign that belongs to the name.
    /// </summary>
    public static string FromRoute(string segment) => segment.Replace("%2F", "/", StringComparison.Ordinal);

    /// <summary>The address out of a route in normal form; false for what is none.</summary>
    public static bool TryFromRoute(string segment, out EmailAddress address) => EmailAddress.TryParse(FromRoute(segment), out address);
}
