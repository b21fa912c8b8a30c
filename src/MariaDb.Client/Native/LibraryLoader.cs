using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MariaDb.Client.Native;

/// <summary>Finds libmariadb, and says in one sentence what to install when it is missing or too old.</summary>
internal static unsafe class LibraryLoader
{
    /// <summary>3.3.0, in the form of mysql_get_client_version. What Debian 12 brings; older ones are untested.</summary>
    public const ulong OldestVersion = 30300;

    private const string SharedObject = "libmariadb.so.3";
    private static readonly Lock Gate = new();
    private static bool isReady;

    /// <exception cref="MariaDbException">The library is missing or too old; the message names the Debian package.</exception>
    public static void Demand()
    {
        if (Volatile.Read(ref isReady)) return;
        lock (Gate)
        {
            if (isReady) return;
            var library = Load(SharedObject);
            NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == LibMariaDb.Library ? library : 0);
            if (LibMariaDb.mysql_server_init(0, 0, 0) != 0) throw Unusable("libmariadb did not initialize.");
            Volatile.Write(ref isReady, true);
        }
    }

    /// <returns>The handle of a library that is new enough.</returns>
    public static nint Load(string path)
    {
        if (!NativeLibrary.TryLoad(path, out var library))
        {
            throw Unusable("The MariaDB client library is missing: install the Debian package libmariadb3.");
        }
        var version = NativeLibrary.TryGetExport(library, "mysql_get_client_version", out var export) ? ((delegate* unmanaged<ulong>)export)() : 0;
        return version >= OldestVersion ? library : throw Unusable(string.Create(CultureInfo.InvariantCulture,
            $"The MariaDB client library is too old ({Dotted(version)}, needed {Dotted(OldestVersion)}): install a newer Debian package libmariadb3."));
    }

    private static string Dotted(ulong version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version / 10000}.{version / 100 % 100}.{version % 100}");

    private static MariaDbException Unusable(string message) => new(0, "HY000", message);
}
