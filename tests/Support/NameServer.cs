using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace AdminPanel.Tests.Support;

/// <summary>A real name server (BIND) with zones of a test, on port 53 of a loopback address that nobody else uses. It answers for its zones and asks nobody.</summary>
public sealed class NameServer : IAsyncDisposable
{
    // named listens on addresses alone that an interface has. This one is taken away when named ends.
    private const string Serve = """
        trap 'kill $named' TERM
        ip address replace "$1/32" dev lo || exit
        /usr/sbin/named -g -n 1 -c "$2" & named=$!
        wait $named; wait $named
        ip address delete "$1/32" dev lo
        """;

    private readonly string directory;
    private readonly Dictionary<string, string> zones = [];
    private readonly HashSet<string> broken = [];
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

    /// <summary>A zone that does not load: the server answers SERVFAIL for it.</summary>
    public async Task WriteBrokenZoneAsync(string zone, IReadOnlyList<IPAddress> servers)
    {
        broken.Add(zone);
        Add(zone, servers, ["www A 192.0.2.999"]);
        await RunAsync();
    }

    /// <summary>The same for many zones with one start of the server.</summary>
    public async Task WriteZonesAsync(IEnumerable<string> names, IReadOnlyList<IPAddress> servers, Func<string, IReadOnlyList<string>> records)
    {
        foreach (var zone in names) Add(zone, servers, records(zone));
        await RunAsync();
    }

    /// <summary>A signed zone, by dnssec-signzone, which is told not to mind what is over.</summary>
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
        daemon = await WatchedProcess.StartAsync(directory, ["/bin/sh", "-c", Serve, "named", Address.ToString(), Path.Combine(directory, "named.conf")]);
        await AwaitAsync();
    }

    // Of what people get wrong in a zone, a test may want everything that a server would still answer with.
    private async Task WriteAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "named.conf"), $$"""
            options {
              directory "{{directory}}";
              pid-file "{{directory}}/named.pid";
              session-keyfile none;
              listen-on port 53 { {{Address}}; };
              listen-on-v6 { none; };
              recursion no;
              allow-query { any; };
              notify no;
              dnssec-validation no;
              empty-zones-enable no;
              check-names primary ignore;
              check-integrity no;
            };
            controls { };
            {{string.Concat(zones.Keys.Select(zone => $"zone \"{zone}\" {{ type primary; file \"{zone}.zone\"; }};\n"))}}
            """);
        foreach (var (zone, text) in zones) await File.WriteAllTextAsync(Path.Combine(directory, zone + ".zone"), text);
    }

    private async Task AwaitAsync()
    {
        for (var tries = 0; !daemon!.Errors.Contains(" running\n", StringComparison.Ordinal); tries++)
        {
            if (tries == 1500 || daemon.HasExited) throw new InvalidOperationException($"named does not answer at {Address}: {daemon.Errors}");
            await Task.Delay(10);
        }
        var failed = daemon.Errors.Split('\n').Where(line => line.Contains("not loaded due to errors", StringComparison.Ordinal)).ToList();
        if (failed.Count != broken.Count) throw new InvalidOperationException($"Zones of {Address} do not load: {daemon.Errors}");
    }
}
