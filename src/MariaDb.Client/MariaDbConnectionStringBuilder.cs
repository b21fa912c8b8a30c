using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MariaDb.Client;

/// <summary>The keys of a connection string. One that it does not know is refused by name, so that a slip is found at once.</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "ADO.NET calls its builders so.")]
[SuppressMessage("Design", "CA1010:Generic interface should also be implemented", Justification = "The base class is not generic.")]
public sealed class MariaDbConnectionStringBuilder : DbConnectionStringBuilder
{
    private static readonly string[] Known =
    [
        nameof(Server), nameof(Port), nameof(Socket), nameof(Database), nameof(User), nameof(Password), nameof(SslMode), nameof(SslCa),
        nameof(Pooling), nameof(MaxPoolSize), nameof(IdleTimeout), nameof(ConnectTimeout), nameof(CommandTimeout),
    ];

    public MariaDbConnectionStringBuilder() { }

    public MariaDbConnectionStringBuilder(string? connectionString) => ConnectionString = connectionString;

    /// <summary>Host, or several separated by commas, each with its own ":port" if it differs from <see cref="Port"/>. They are tried in turn.</summary>
    public string Server { get => Text(nameof(Server), "localhost"); set => this[nameof(Server)] = value; }

    public int Port { get => Number(nameof(Port), 3306); set => this[nameof(Port)] = value; }

    /// <summary>Path of the server's unix socket; when given, <see cref="Server"/> is not used.</summary>
    public string? Socket { get => Text(nameof(Socket)); set => this[nameof(Socket)] = value; }

    public string Database { get => Text(nameof(Database), ""); set => this[nameof(Database)] = value; }

    public string User { get => Text(nameof(User), ""); set => this[nameof(User)] = value; }

    public string? Password { get => Text(nameof(Password)); set => this[nameof(Password)] = value; }

    public MariaDbSslMode SslMode
    {
        get => Enum.TryParse<MariaDbSslMode>(Text(nameof(SslMode), "None"), ignoreCase: true, out var mode) && Enum.IsDefined(mode)
            ? mode
            : throw new InvalidOperationException($"SslMode is None, Required or VerifyFull, not \"{Text(nameof(SslMode))}\".");
        set => this[nameof(SslMode)] = value.ToString();
    }

    /// <summary>PEM file of the certificate authorities to trust; the system's when absent.</summary>
    public string? SslCa { get => Text(nameof(SslCa)); set => this[nameof(SslCa)] = value; }

    public bool Pooling
    {
        get => bool.TryParse(Text(nameof(Pooling), "true"), out var pooling)
            ? pooling
            : throw new InvalidOperationException($"Pooling is true or false, not \"{Text(nameof(Pooling))}\".");
        set => this[nameof(Pooling)] = value;
    }

    /// <summary>The most connections of one pool; who comes when all are taken waits up to <see cref="ConnectTimeout"/>.</summary>
    public int MaxPoolSize { get => Number(nameof(MaxPoolSize), 50); set => this[nameof(MaxPoolSize)] = value; }

    /// <summary>Seconds after which an unused connection of the pool is closed.</summary>
    public int IdleTimeout { get => Number(nameof(IdleTimeout), 180); set => this[nameof(IdleTimeout)] = value; }

    /// <summary>Seconds to wait for one server to accept a connection, or for a pool to give one.</summary>
    public int ConnectTimeout { get => Number(nameof(ConnectTimeout), 15); set => this[nameof(ConnectTimeout)] = value; }

    /// <summary>Seconds that one answer of the server may take, unless a command says otherwise; 0 for no limit.</summary>
    public int CommandTimeout { get => Number(nameof(CommandTimeout), 30); set => this[nameof(CommandTimeout)] = value; }

    /// <exception cref="ArgumentException">The key is unknown.</exception>
    [AllowNull]
    public override object this[string keyword]
    {
        get => base[keyword];
        set
        {
            var known = Array.Find(Known, name => name.Equals(keyword, StringComparison.OrdinalIgnoreCase))
                ?? throw new ArgumentException($"The connection string has no key \"{keyword}\"; it knows {string.Join(", ", Known)}.", nameof(keyword));
            base[known] = value;
        }
    }

    private string Text(string key, string fallback) => TryGetValue(key, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture)! : fallback;

    private string? Text(string key) => TryGetValue(key, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    private int Number(string key, int fallback) => Text(key) is not { } text ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new InvalidOperationException($"{key} is a whole number, not \"{text}\".");
}
