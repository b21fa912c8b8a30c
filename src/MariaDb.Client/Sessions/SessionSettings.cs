using System.Globalization;

namespace MariaDb.Client.Sessions;

/// <summary>Where a server is.</summary>
/// <param name="Host">For messages, the socket's path when there is one.</param>
internal sealed record Endpoint(string Host, uint Port, string? Socket)
{
    public override string ToString() => Socket ?? string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}

/// <summary>A connection string, read once.</summary>
internal sealed class SessionSettings
{
    public SessionSettings(string connectionString)
    {
        var builder = new MariaDbConnectionStringBuilder(connectionString);
        Endpoints = builder.Socket is { Length: > 0 } socket
            ? [new Endpoint("localhost", 0, socket)]
            : [.. builder.Server.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(host => Parse(host, builder.Port))];
        if (Endpoints.Count == 0) throw new ArgumentException("Server names no host.", nameof(connectionString));
        Database = builder.Database;
        User = builder.User;
        Password = builder.Password;
        SslMode = builder.SslMode;
        SslCa = builder.SslCa;
        Pooling = builder.Pooling;
        MaxPoolSize = Math.Max(1, builder.MaxPoolSize);
        IdleTimeout = TimeSpan.FromSeconds(Math.Max(1, builder.IdleTimeout));
        ConnectTimeout = TimeSpan.FromSeconds(Math.Max(1, builder.ConnectTimeout));
        CommandTimeout = builder.CommandTimeout;
    }

    public IReadOnlyList<Endpoint> Endpoints { get; }

    public string Database { get; }

    public string User { get; }

    public string? Password { get; }

    public MariaDbSslMode SslMode { get; }

    public string? SslCa { get; }

    public bool Pooling { get; }

    public int MaxPoolSize { get; }

    public TimeSpan IdleTimeout { get; }

    public TimeSpan ConnectTimeout { get; }

    /// <summary>Seconds; 0 for no limit.</summary>
    public int CommandTimeout { get; }

    /// <summary>"host", "host:port", "[::1]:port" or a bare IPv6 address.</summary>
    private static Endpoint Parse(string text, int defaultPort)
    {
        var colon = text.LastIndexOf(':');
        var hasPort = colon > 0 && (text.IndexOf(':', StringComparison.Ordinal) == colon || text[colon - 1] == ']');
        var host = (hasPort ? text[..colon] : text).Trim('[', ']');
        var port = hasPort ? text[(colon + 1)..] : defaultPort.ToString(CultureInfo.InvariantCulture);
        return ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new Endpoint(host, number, null)
            : throw new ArgumentException($"\"{text}\" is not a host or host:port.");
    }
}
