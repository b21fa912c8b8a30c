using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AdminPanel.Web.Platform;

/// <summary>The process of this host at the other end of a connection, as /proc tells root (proc(5)).</summary>
internal static class ServingProcess
{
    // USER_HZ, which is 100 on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Seconds since the machine was started: what <see cref="StartOf"/> compares with.</summary>
    public static double Now => double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>When the process was started that holds the other end, in seconds since the machine was started.</summary>
    /// <returns>Null where no process of this host holds it, or no longer.</returns>
    public static double? StartOf(Socket client)
    {
        var (local, remote) = ((IPEndPoint)client.LocalEndPoint!, (IPEndPoint)client.RemoteEndPoint!);
        if (InodeOf(remote, local) is not { } inode) return null;

        var target = $"socket:[{inode}]";
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                if (Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(descriptor => new FileInfo(descriptor).LinkTarget == target)) return Started(process);
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }
        return null;
    }

    // The 22nd field; the name before it is in brackets and may hold spaces.
    private static double Started(string process)
    {
        var stat = File.ReadAllText(Path.Combine(process, "stat"));
        return double.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture) / TicksPerSecond;
    }

    private static string? InodeOf(IPEndPoint own, IPEndPoint other)
    {
        var (from, to) = (PortOf(own), PortOf(other));
        return ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).Where(File.Exists).SelectMany(path => File.ReadLines(path).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(column => column[1].EndsWith(from, StringComparison.Ordinal) && column[2].EndsWith(to, StringComparison.Ordinal) && column[9] != "0")
            .Select(column => column[9]).FirstOrDefault();
    }

    // Addresses are in the order of the host's octets there; both ports together are one connection of the host with itself.
    private static string PortOf(IPEndPoint endpoint) => string.Create(CultureInfo.InvariantCulture, $":{endpoint.Port:X4}");
}
