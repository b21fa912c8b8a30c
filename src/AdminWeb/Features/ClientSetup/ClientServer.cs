using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.MailServer;

namespace AdminPanel.Web.Features.ClientSetup;

/// <summary>What a mail program speaks to a server.</summary>
public enum ClientProtocol
{
    Imap,
    Pop3,
    Smtp,
    Sieve,
}

/// <summary>A server that mail programs connect to, with the whole address as the name and the password in the clear within TLS.</summary>
/// <param name="IsTlsFromStart">TLS from the first octet (RFC 8314 section 3); else by STARTTLS.</param>
public sealed record ClientServer(ClientProtocol Protocol, DomainName HostName, int Port, bool IsTlsFromStart);

/// <summary>The servers of this mail server, from its settings.</summary>
public static class ClientServers
{
    // In the order in which a program shall try them.
    private static readonly (string Key, ClientProtocol Protocol, bool IsTlsFromStart)[] Listeners =
    [
        ("imaps_listen", ClientProtocol.Imap, true), ("imap_listen", ClientProtocol.Imap, false), ("pop3s_listen", ClientProtocol.Pop3, true),
        ("submissions_listen", ClientProtocol.Smtp, true), ("submission_listen", ClientProtocol.Smtp, false), ("managesieve_listen", ClientProtocol.Sieve, false),
    ];

    /// <param name="values">By key, unchecked: one of another shape offers nothing.</param>
    /// <returns>None while the server has no name.</returns>
    public static IReadOnlyList<ClientServer> Read(IReadOnlyDictionary<string, string> values) =>
        DomainName.TryParse(values.GetValueOrDefault("host_name"), out var host)
            ? [.. Listeners.Select(l => (l.Protocol, l.IsTlsFromStart, Port: ServerSettings.PortOf(values, l.Key))).Where(l => l.Port is not null).Select(l => new ClientServer(l.Protocol, host, l.Port!.Value, l.IsTlsFromStart))]
            : [];
}
