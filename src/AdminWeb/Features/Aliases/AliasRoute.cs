using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>The alias that a URL names: an address, or "@example.org" for a catch-all.</summary>
internal static class AliasRoute
{
    /// <summary>Null where there is none for this actor.</summary>
    public static async Task<AliasDetail?> FindAsync(AliasRows aliases, string segment, Actor actor, CancellationToken ct)
    {
        if (segment.StartsWith('@'))
            return DomainName.TryParse(segment[1..], out var domain) ? await aliases.FindAsync(AddressSpace.CatchAllOf(domain), actor, ct) : null;

        return AddressText.TryFromRoute(segment, out var address) ? await aliases.FindAsync(address.Value, actor, ct) : null;
    }
}
