namespace MariaDb.Client;

/// <summary>How a connection over TCP is protected; a unix socket needs nothing and gets nothing.</summary>
public enum MariaDbSslMode
{
    /// <summary>Not at all: for a unix socket or the same machine.</summary>
    None,

    /// <summary>TLS or no connection; the server's certificate is not looked at.</summary>
    Required,

    /// <summary>TLS, a certificate from a known authority (<c>SslCa</c>, or the system's), and the server's own name in it.</summary>
    VerifyFull,
}
