using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

/// <summary>Two servers on 127.0.0.1, one with TLS and one without, each with an account "tcp".</summary>
public sealed class TcpServer : IAsyncLifetime
{
    private PrivateMariaDb? tls;
    private PrivateMariaDb? plain;

    public PrivateMariaDb Tls => tls!;

    public PrivateMariaDb Plain => plain!;

    public static string Login => "User=tcp;Password=\"p=\"\"w\"\" 'd'\";Database=test_tcp;ConnectTimeout=30";

    public async Task InitializeAsync()
    {
        if (Requirement.MariaDb.SkipReason is not null) return;
        var starts = await Task.WhenAll(PrivateMariaDb.StartAsync(new() { Tls = true }), PrivateMariaDb.StartAsync(new() { Tcp = true }));
        (tls, plain) = (starts[0], starts[1]);
        foreach (var server in starts)
        {
            await server.ExecuteAsync("CREATE DATABASE test_tcp; CREATE USER tcp IDENTIFIED BY 'p=\"w\" ''d'''; GRANT ALL ON test_tcp.* TO tcp");
        }
    }

    public async Task DisposeAsync()
    {
        if (tls is not null) await tls.DisposeAsync();
        if (plain is not null) await plain.DisposeAsync();
    }
}
