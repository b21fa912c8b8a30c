using System.Runtime.InteropServices;
using MariaDb.Client.Native;

namespace MariaDb.Client.Sessions;

/// <summary>Connects: options, TLS, and the several hosts in turn.</summary>
internal static unsafe class SessionOpener
{
    /// <param name="first">Index of the endpoint to begin with; set to the one that answered.</param>
    /// <exception cref="MariaDbException">No endpoint let us in; the error is that of the last one tried.</exception>
    public static Session Open(SessionSettings settings, ref int first)
    {
        LibraryLoader.Demand();
        var start = first;
        for (var attempt = 0; ; attempt++)
        {
            var index = (start + attempt) % settings.Endpoints.Count;
            try
            {
                var session = Open(settings, settings.Endpoints[index]);
                first = index;
                return session;
            }
            catch (MariaDbException e) when (attempt + 1 < settings.Endpoints.Count && IsAboutTheHost(e))
            {
                // The next one may answer.
            }
        }
    }

    public static Session Open(SessionSettings settings, Endpoint endpoint)
    {
        var handle = Connect(settings, endpoint, settings.Database);
        try
        {
            return new Session(handle, settings, endpoint);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <returns>A connection that is authenticated and nothing more.</returns>
    public static SessionHandle Connect(SessionSettings settings, Endpoint endpoint, string? database)
    {
        var handle = new SessionHandle();
        try
        {
            SetOptions(handle.Pointer, settings, endpoint);
            var connected = LibMariaDb.mysql_real_connect(
                handle.Pointer, endpoint.Host, settings.User, settings.Password, string.IsNullOrEmpty(database) ? null : database,
                endpoint.Port, endpoint.Socket, NativeConstants.ClientFoundRows | NativeConstants.ClientMultiResults);
            if (connected == 0) throw NativeErrors.OfConnection(handle.Pointer);
            if (WantsTls(settings, endpoint) && LibMariaDb.mysql_get_ssl_cipher(handle.Pointer) is null)
            {
                // The library goes on in clear text when the server, or somebody in between, offers nothing else.
                throw new MariaDbException(MariaDbErrorCode.TlsFailed, "HY000", $"{endpoint} offers no TLS, and the connection string demands it.");
            }
            GC.KeepAlive(handle);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Worth asking another server: this one is away, full, or not part of the cluster now.</summary>
    private static bool IsAboutTheHost(MariaDbException e) =>
        e.Number is MariaDbErrorCode.UnknownHost or MariaDbErrorCode.TlsFailed || ErrorKinds.IsTransient(e.Number);

    /// <summary>A unix socket has no wire to listen on.</summary>
    private static bool WantsTls(SessionSettings settings, Endpoint endpoint) => settings.SslMode != MariaDbSslMode.None && endpoint.Socket is null;

    private static void SetOptions(nint mysql, SessionSettings settings, Endpoint endpoint)
    {
        var seconds = (uint)settings.ConnectTimeout.TotalSeconds;
        var (no, yes) = ((byte)0, (byte)1);
        var protocol = (uint)(endpoint.Socket is null ? TransportProtocol.Tcp : TransportProtocol.Socket);
        var localInfile = 0u;
        Set(mysql, Option.ConnectTimeout, &seconds);
        Set(mysql, Option.Protocol, &protocol);
        // A server could otherwise ask for any file that this process can read.
        Set(mysql, Option.LocalInfile, &localInfile);
        // The library would lose session settings and transactions without a word.
        Set(mysql, Option.Reconnect, &no);
        Set(mysql, Option.ReportDataTruncation, &yes);
        SetText(mysql, Option.SetCharsetName, "utf8mb4");
        // Said in every case: newer versions of the library verify unless told not to.
        var encrypt = WantsTls(settings, endpoint);
        var verify = encrypt && settings.SslMode == MariaDbSslMode.VerifyFull;
        if (encrypt && settings.SslCa is { Length: > 0 } authorities) SetText(mysql, Option.SslCa, authorities);
        Set(mysql, Option.SslEnforce, encrypt ? &yes : &no);
        Set(mysql, Option.SslVerifyServerCert, verify ? &yes : &no);
    }

    /// <summary>The library copies the text.</summary>
    private static void SetText(nint mysql, Option option, string value)
    {
        var text = Marshal.StringToCoTaskMemUTF8(value);
        try
        {
            Set(mysql, option, (void*)text);
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    private static void Set(nint mysql, Option option, void* value)
    {
        if (LibMariaDb.mysql_options(mysql, option, value) != 0) throw NativeErrors.OfConnection(mysql);
    }
}
