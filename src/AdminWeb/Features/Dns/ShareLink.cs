using System.Security.Cryptography;
using System.Text.Json;
using AdminPanel.Web.Features.Serve;
using Microsoft.AspNetCore.DataProtection;

namespace AdminPanel.Web.Features.Dns;

/// <summary>
/// A <see cref="DnsShare"/> as an address, sealed and signed with the panel's keys, so that nobody makes or changes one.
/// It stands in the query, which no log has.
/// </summary>
public sealed class ShareLink(IDataProtectionProvider protection, PanelSettings settings)
{
    private readonly IDataProtector protector = protection.CreateProtector("Dns.Share");

    /// <summary>Under the address that people type, whatever a request called the panel.</summary>
    public string Of(DnsShare share) => $"{settings.Url}/shared/dns?of={protector.Protect(JsonSerializer.Serialize(share))}";

    /// <returns>Null for what this panel has not made.</returns>
    public DnsShare? Read(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            return JsonSerializer.Deserialize<DnsShare>(protector.Unprotect(text));
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }
}
