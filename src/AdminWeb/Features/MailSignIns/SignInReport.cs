using System.Globalization;
using System.Net;
using System.Text.Json;
using AdminPanel.Data;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>One sign-in that Dovecot accepted or refused.</summary>
/// <param name="Address">Whose it was meant to be; nobody may have it.</param>
/// <param name="Service">imap, pop3, sieve, smtp for submission, or panel.</param>
/// <param name="RemoteAddress">An IPv4 address, or the /64 of an IPv6 address.</param>
/// <param name="IsAccepted">The right password, for a protocol and from a network that the mailbox allows.</param>
/// <param name="AppPassword">The id of the app password that was used; null for the mailbox's own.</param>
public sealed record SignInReport(string Address, string Service, string RemoteAddress, bool IsAccepted, long? AppPassword = null)
{
    private const int LongestService = 16;

    /// <summary>Reads what Dovecot tells an authentication policy server after a sign-in (doc.dovecot.org, "Authentication Policy"), with the attributes that dovecot-sign-ins.conf.ext names.</summary>
    /// <returns>Null where it is about no mailbox: for a name that none can have, for a master user, and where nobody signed in over the network.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static SignInReport? Read(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var report = json.RootElement;
        // The panel itself, at somebody's sieve scripts.
        if (Text(report, "master") is { Length: > 0 }) return null;
        if (Text(report, "login") is not { Length: > 0 } user || Text(report, "protocol") is not { Length: > 0 and <= LongestService } service) return null;
        if (Place(Text(report, "remote")) is not { } place || !report.TryGetProperty("success", out var success) || success.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return null;

        var isAccepted = success.ValueKind == JsonValueKind.True;
        return new SignInReport(user, service, place, isAccepted, isAccepted && long.TryParse(Text(report, "app_password"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);
    }

    /// <summary>Of an owner at the panel; null where the request tells no place.</summary>
    public static SignInReport? AtPanel(string address, string? source, bool isAccepted) =>
        Place(source) is { } place ? new SignInReport(address, MailboxSignIn.Panel, place, isAccepted) : null;

    private static string? Place(string? remote)
    {
        if (remote is null || !ClientNetwork.TryParse(remote, out var address, out _)) return null;
        if (address!.Address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6) return address.ToString();

        return IPAddress.IsLoopback(address.Address) ? address.ToString() : ClientNetwork.TryParse($"{remote}/64", out var network, out _) ? network!.ToString() : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
