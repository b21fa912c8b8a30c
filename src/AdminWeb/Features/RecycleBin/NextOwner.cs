using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>Who receives the mail to an address once nobody owns it, as virtual_alias_maps finds them: whoever has it without its extension, else the catch-all.</summary>
internal static class NextOwner
{
    /// <param name="address">Of something in the recycle bin, whose address is its own still.</param>
    /// <returns>An address, or "@domain"; null where mail is refused as before.</returns>
    public static async Task<string?> NextOwnerAsync(this AdminDb db, string address, CancellationToken ct)
    {
        var at = address.LastIndexOf('@');
        if (at < 1) return null;

        var (domain, plain, now) = (address[at..], (await db.RecipientDelimiterAsync(ct)).WithoutExtension(address[..at]), db.UtcNow);
        IReadOnlyList<string> owners = plain is null ? [domain] : [plain + domain, domain];
        var found = await db.Addresses.Where(a => owners.Contains(a.Address) && a.Domain!.Transport != DomainTransport.Error)
            .Select(a => new { a.Address, State = AddressStates.At(now, a.IsActive, a.ActiveFrom, a.ActiveUntil, a.Domain!.IsActive) }).ToListAsync(ct);
        return found.OrderByDescending(a => a.Address.Length).FirstOrDefault() is { State: AddressState.Active } next ? next.Address : null;
    }
}
