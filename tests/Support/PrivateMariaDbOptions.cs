namespace AdminPanel.Tests.Support;

/// <summary>How a private server differs from the usual one (unix socket only, time zone of the machine).</summary>
public sealed record PrivateMariaDbOptions
{
    /// <summary>Listen on 127.0.0.1 too, on a free port.</summary>
    public bool Tcp { get; init; }

    /// <summary>Offer TLS with a certificate for "localhost" from a test CA. Implies <see cref="Tcp"/>.</summary>
    public bool Tls { get; init; }

    /// <summary>The server's own zone, as in "+05:30"; null for the machine's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Further options of mariadbd(8), as in "--max-connections=20".</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
