using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace AdminPanel.Tests.Support;

/// <summary>A real name server (NSD) with zones of a test, on port 53 of a loopback address that nobody else uses. It answers for its zones and asks nobody.</summary>
public sealed class NameServer : IAsyncDisposable
{
    private readonly string directory;
    private readonly Dictionary<string, string> zones = [];
    private WatchedProcess? daemon;
    private int serial;

    private NameServer(string directory, IPAddress address) => (this.directory, Address) = (directory, address);

    public IPAddress Address { get; }

    public static async Task<NameServer> StartAsync()
    {
        var server = new NameServer(Directory.CreateTempSubdirectory("panel-dns-").FullName, FreeAddress());
        await server.RunAsync();
        return server;
    }

    /// <summary>A loopback address that nobody else is likely to use.</summary>
    public static IPAddress FreeAddress()
    {
        var octets = RandomNumberGenerator.GetBytes(3);
        return IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.{100 + (octets[0] % 100)}.{octets[1]}.{1 + (octets[2] % 250)}"));
    }

    /// <summary>Puts a zone in place of the one it had of that name.</summary>
    /// <param name="servers">Its name servers.</param>
    /// <param name="records">Lines of a zone file with names below the zone: "www A 192.0.2.1".</param>
    public async Task WriteZoneAsync(string zone, IReadOnlyList<IPAddress> servers, params IReadOnlyList<string> records)
    {
        Add(zone, servers, records);
        await RunAsync();
    }

    /// <summary>The same for many zones with one start of the server.</summary>
    public async Task WriteZonesAsync(IEnumerable<string> names, IReadOnlyList<IPAddress> servers, Func<string, IReadOnlyList<string>> records)
    {
        foreach (var zone in names) Add(zone, servers, records(zone));
        await RunAsync();
    }

    /// <summary>A signed zone, by the dnssec-signzone of BIND, which is told not to mind what is over.</summary>
    /// <param name="isOver">Whether its signatures ended years ago.</param>
    /// <returns>Its key as a trust anchor.</returns>
    public async Task<string> WriteSignedZoneAsync(string zone, IReadOnlyList<IPAddress> servers, bool isOver, params IReadOnlyList<string> records)
    {
        Add(zone, servers, records);
        var work = Directory.CreateTempSubdirectory("panel-zone-").FullName;
        try
        {
            var key = Path.Combine(work, (await TrialInstance.RunAsync("/usr/bin/dnssec-keygen", ["-q", "-a", "ECDSAP256SHA256", "-f", "KSK", "-K", work, zone])).Output.Trim());
            var anchor = await File.ReadAllTextAsync(key + ".key");
            await File.WriteAllTextAsync(Path.Combine(work, "zone"), zones[zone] + anchor);
            var (status, _, errors) = await TrialInstance.RunAsync("/usr/bin/dnssec-signzone", ["-q", "-P", "-z", "-o", zone, "-f", Path.Combine(work, "signed"), .. isOver ? (string[])["-s", "20200101000000", "-e", "20200201000000"] : [], Path.Combine(work, "zone"), key]);
            if (status != 0) throw new InvalidOperationException(errors);
            zones[zone] = await File.ReadAllTextAsync(Path.Combine(work, "signed"));
            await RunAsync();
            return anchor;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (daemon is not null) await daemon.DisposeAsync();
    }

    private void Add(string zone, IReadOnlyList<IPAddress> servers, IReadOnlyList<string> records)
    {
        serial++;
        var names = servers.Select((address, i) => string.Create(CultureInfo.InvariantCulture, $"@ NS ns{i}\nns{i} A {address}\n"));
        // Nothing may be remembered: a test changes a zone and asks again.
        zones[zone] = string.Create(CultureInfo.InvariantCulture, $"$TTL 0\n@ SOA ns0 hostmaster {serial} 3600 600 86400 0\n{string.Concat(names)}{string.Join('\n', records)}\n");
    }

    private async Task RunAsync()
    {
        // Stopped, it takes its directory along.
        if (daemon is not null) await daemon.DisposeAsync();
        Directory.CreateDirectory(directory);
        await WriteAsync();
        daemon = await WatchedProcess.StartAsync(directory, ["/usr/sbin/nsd", "-d", "-c", Path.Combine(directory, "nsd.conf")]);
        await AwaitAsync();
    }

    private async Task WriteAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "nsd.conf"), $"""
            server:
              ip-address: {Address}
              zonesdir: "{directory}"
              username: ""
              chroot: ""
              database: ""
              server-count: 1
              logfile: "{directory}/nsd.log"
              pidfile: "{directory}/nsd.pid"
              xfrdfile: "{directory}/xfrd.state"
              zonelistfile: "{directory}/zone.list"
              xfrdir: "{directory}"
              hide-version: yes
              rrl-ratelimit: 0
            remote-control:
              control-enable: no
            {string.Concat(zones.Keys.Select(zone => $"zone:\n  name: \"{zone}\"\n  zonefile: \"{zone}.zone\"\n"))}
            """);
        foreach (var (zone, text) in zones) await File.WriteAllTextAsync(Path.Combine(directory, zone + ".zone"), text);
    }

    private async Task AwaitAsync()
    {
        for (var tries = 0; ; tries++)
        {
            using var socket = new System.Net.Sockets.TcpClient();
            try
            {
                await socket.ConnectAsync(Address, 53);
                return;
            }
            catch (System.Net.Sockets.SocketException e)
            {
                if (tries == 300 || daemon!.HasExited) throw new InvalidOperationException($"nsd does not answer at {Address}: {daemon!.Errors}", e);
                await Task.Delay(50);
            }
        }
    }
}
