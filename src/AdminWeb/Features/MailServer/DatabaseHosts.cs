using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>
/// Where the daemons find the database: unix sockets and TCP hosts, in the order in which they are tried. One port for
/// all TCP hosts, since the connect line of Dovecot 2.3 has one.
/// </summary>
public sealed partial record DatabaseHosts(IReadOnlyList<string> Sockets, IReadOnlyList<string> Hosts, int Port)
{
    private const int DefaultPort = 3306;

    /// <summary>The value of "hosts" in a lookup table of Postfix (mysql_table(5)).</summary>
    public string Postfix => string.Join(' ', [.. Sockets.Select(socket => "unix:" + socket), .. Hosts.Select(host => $"inet:{host}:{PortText}")]);

    /// <summary>The hosts of the connect line of Dovecot 2.3.</summary>
    public string Dovecot => string.Join(' ', [
        .. Sockets.Select(socket => "host=" + socket), .. Hosts.Select(host => "host=" + host),
        .. Hosts.Count > 0 ? ["port=" + PortText] : Array.Empty<string>()]);

    /// <summary>Each by itself, in the same order; a unix socket has no port.</summary>
    public IEnumerable<(string Host, int? Port)> Each => [.. Sockets.Select(socket => (socket, (int?)null)), .. Hosts.Select(host => (host, (int?)Port))];

    private string PortText => Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads "unix:/run/mysqld/mysqld.sock" or "db1.example.org:3306,db2.example.org:3306".</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DatabaseHosts? hosts)
    {
        hosts = null;
        List<string> sockets = [], names = [];
        HashSet<int> ports = [];
        foreach (var word in text.Split(','))
        {
            if (word.StartsWith("unix:", StringComparison.Ordinal) && SettingValue.IsPath(word[5..])) sockets.Add(word[5..]);
            else if (HostAndPort().Match(word) is { Success: true } match)
            {
                // To libmysql, "localhost" means its compiled-in unix socket and not the network.
                if (match.Groups["host"].Value == "localhost") return false;

                names.Add(match.Groups["host"].Value);
                ports.Add(match.Groups["port"].Success ? int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture) : DefaultPort);
            }
            else return false;
        }
        if (ports.Count > 1 || ports.Any(port => port is < 1 or > 65535)) return false;

        hosts = new DatabaseHosts(sockets, names, ports.SingleOrDefault(DefaultPort));
        return true;
    }

    [GeneratedRegex(@"^(?<host>[a-z0-9][a-z0-9.-]{0,252})(:(?<port>[0-9]{1,5}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostAndPort();
}
