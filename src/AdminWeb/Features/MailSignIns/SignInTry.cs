using System.Globalization;
using System.Net;
using System.Text.Json;
using AdminPanel.Data;
using AdminPanel.Web.Features.MailServer;

namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>One try of a password at Dovecot, as it asks and tells its policy server (doc.dovecot.org, "Authentication Policy"), with the attributes that dovecot-sign-ins.conf.ext names.</summary>
/// <param name="Login">As it was typed; of an accepted one the mailbox's own address.</param>
/// <param name="Service">imap, pop3, sieve, or smtp for submission.</param>
/// <param name="Place">An IPv4 address, or the /64 of an IPv6 address.</param>
/// <param name="Password">Twelve bits of a digest of name and password, which tell one wrong password from the next; empty where Dovecot sends none.</param>
/// <param name="IsAccepted">Null before it was looked at.</param>
/// <param name="WasUnread">True: the panel had it refused, and nobody looked at the password.</param>
/// <param name="AppPassword">The id of the app password that was used; null for the mailbox's own.</param>
public sealed record SignInTry(string Login, string Service, string Place, string Password, bool? IsAccepted, bool WasUnread, long? AppPassword)
{
    private const int LongestService = 16;
    private const int LongestPassword = 64;

    public SignInReport? Report => IsAccepted is { } isAccepted ? new SignInReport(Login, Service, Place, isAccepted, AppPassword) : null;

    /// <returns>Null where it is about no mailbox: for a name that none can have, for a master user, and where nobody signed in over the network.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static SignInTry? Read(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var report = json.RootElement;
        // The panel itself, at somebody's sieve scripts: the master user is known as such only once its password was looked at.
        if (Text(report, "master") is { Length: > 0 } || Text(report, "signs_in") == PanelScripts.User) return null;
        if (Text(report, "login") is not { Length: > 0 } user || Text(report, "protocol") is not { Length: > 0 and <= LongestService } service || PlaceOf(Text(report, "remote")) is not { } place) return null;

        var isAccepted = Truth(report, "success");
        return new SignInTry(
            user, service, place, Text(report, "pwhash") is { Length: <= LongestPassword } password ? password : "", isAccepted, Truth(report, "policy_reject") == true,
            isAccepted == true && long.TryParse(Text(report, "app_password"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);
    }

    /// <summary>What counts as one place; null where the text is no address.</summary>
    internal static string? PlaceOf(string? remote)
    {
        if (remote is null || !ClientNetwork.TryParse(remote, out var address, out _)) return null;
        if (address!.Address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6) return address.ToString();

        return IPAddress.IsLoopback(address.Address) ? address.ToString() : ClientNetwork.TryParse($"{remote}/64", out var network, out _) ? network!.ToString() : null;
    }

    private static bool? Truth(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
