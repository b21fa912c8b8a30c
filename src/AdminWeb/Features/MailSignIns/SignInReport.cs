using System.Net;
using System.Text.Json;
using AdminPanel.Data;

namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>One sign-in that Dovecot accepted or refused.</summary>
/// <param name="Address">Whose it was meant to be; nobody may have it.</param>
/// <param name="Service">imap, pop3, sieve, or smtp for submission.</param>
/// <param name="RemoteAddress">An IPv4 address, or the /64 of an IPv6 address.</param>
/// <param name="IsAccepted">The right password, for a protocol and from a network that the mailbox allows.</param>
public sealed record SignInReport(string Address, string Service, string RemoteAddress, bool IsAccepted)
{
    private const string EventName = "auth_request_finished";
    private const int LongestService = 16;

    /// <summary>Reads an event as Dovecot's exporter writes it (format json; doc.dovecot.org, "Event Export").</summary>
    /// <returns>Null for another event, and for a name that no mailbox can have: Dovecot leaves it out.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static SignInReport? Read(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        if (Text(json.RootElement, "event") != EventName || !json.RootElement.TryGetProperty("fields", out var fields)) return null;
        // "service" in Dovecot 2.3 is "protocol" in 2.4.
        if (Text(fields, "user") is not { Length: > 0 } user || (Text(fields, "service") ?? Text(fields, "protocol")) is not { Length: > 0 and <= LongestService } service) return null;

        return Place(Text(fields, "remote_ip")) is { } place ? new SignInReport(user, service, place, Text(fields, "success") == "yes") : null;
    }

    private static string? Place(string? remote)
    {
        if (remote is null || !ClientNetwork.TryParse(remote, out var address, out _)) return null;
        if (address!.Address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6) return address.ToString();

        return IPAddress.IsLoopback(address.Address) ? address.ToString() : ClientNetwork.TryParse($"{remote}/64", out var network, out _) ? network!.ToString() : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
